// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>

namespace headroom {

/// The folder for what Headroom can make again: calibrations, compiled kernels, summaries of runs, logs.
/// $XDG_CACHE_HOME/headroom or ~/.cache/headroom. Empty if neither variable holds an absolute path. The
/// folder itself may not exist yet.
std::filesystem::path cacheFolder();

} // namespace headroom
