// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace headroom {

/// The version of Headroom: "0.1.0".
const char* version();

} // namespace headroom
