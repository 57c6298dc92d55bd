// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace headroom::ui {

/// Installs the accessible interfaces of the window's custom widgets. Further calls have no effect.
void installAccessibleFactory();

} // namespace headroom::ui
