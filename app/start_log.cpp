// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/start_log.h"

#include "core/support/cache_folder.h"
#include "core/support/log.h"
#include "core/support/shell_quoted.h"
#include "core/support/version.h"

#include <fmt/format.h>

#include <string>
#include <sys/utsname.h>
#include <thread>

namespace headroom::app {

void startProgramLog(std::string_view program, int argc, const char* const* argv, bool verbose) {
    startLog(program, cacheFolder(), verbose);
    utsname system{};
    uname(&system);
    std::string arguments;
    for (int i = 1; i < argc; ++i)
        arguments += ' ' + shellQuoted(argv[i]);
    log(LogCategory::Program, LogLevel::Info,
        fmt::format("{} {} on {} {}, {} CPU threads:{}", program, version(), system.sysname, system.release,
                    std::thread::hardware_concurrency(), arguments));
}

} // namespace headroom::app
