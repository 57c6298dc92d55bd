// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/starter/start_installed.h"

#include "core/setup/library_path.h"
#include "core/setup/libtorch_folder.h"
#include "core/support/system_error.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <unistd.h>

namespace headroom::app {

void startInstalled(const std::string& name, char** arguments) {
    const auto libTorch = findLibTorch();
    if (!libTorch)
        return;
    putLibTorchOnPath(libTorch->path);
    const std::filesystem::path program = programsFolder() / name;
    if (std::error_code error; std::filesystem::equivalent(program, "/proc/self/exe", error))
        throw Error(ErrorKind::Failure, "this program only starts the one in lib/headroom", program,
                    "Start it from the bin folder that it was installed in.");
    execv(program.c_str(), arguments); // returns only on failure
    throw systemError("cannot start the program", program, errno);
}

void startStudioSetup(char** arguments) {
    if (std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr)
        execv((programsFolder() / "headroom-studio-setup").c_str(), arguments);
}

} // namespace headroom::app
