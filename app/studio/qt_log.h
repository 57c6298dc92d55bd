// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace headroom::app {

/// From now on, what Qt and its plugins report also goes to the log.
void logQtMessages();

} // namespace headroom::app
