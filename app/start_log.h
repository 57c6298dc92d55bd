// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>

namespace headroom::app {

/// Starts the log of this program in the cache folder and writes what a bug report needs first: version,
/// system, CPU threads, arguments.
/// @param program "headroom" or "headroom-studio"
/// @param verbose also log to standard error, with debug messages
void startProgramLog(std::string_view program, int argc, const char* const* argv, bool verbose);

} // namespace headroom::app
