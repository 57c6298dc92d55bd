// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>

namespace headroom {

/// Headroom's folder in a base directory of the user: $VARIABLE/headroom, or else ~/SUBFOLDER/headroom. Empty
/// if neither variable holds an absolute path. The folder itself may not exist yet.
/// @param variable  "XDG_CACHE_HOME"
/// @param subfolder ".cache"
std::filesystem::path xdgFolder(const char* variable, const char* subfolder);

} // namespace headroom
