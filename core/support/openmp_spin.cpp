// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/openmp_spin.h"

#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace headroom {

void limitOpenMpSpin(char** arguments) {
#ifdef __linux__
    // About 10 microseconds, the time that a thread takes to wake up.
    constexpr const char* spins = "200";
    if (std::getenv("OMP_WAIT_POLICY") != nullptr || std::getenv("GOMP_SPINCOUNT") != nullptr)
        return;
    std::error_code error; // the real path, so that process lists do not show the program as "exe"
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (!error && setenv("GOMP_SPINCOUNT", spins, /*replace=*/0) == 0)
        execv(program.c_str(), arguments); // returns only on failure: the program then continues, only slower
#endif
}

} // namespace headroom
