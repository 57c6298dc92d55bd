#include "core/support/openmp_spin.h"

#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace headroom {

void limitOpenMpSpin(char** arguments) {
#ifdef __linux__
    // About 10 microseconds, which is as long as a thread takes to wake up.
    constexpr const char* spins = "200";
    if (std::getenv("OMP_WAIT_POLICY") != nullptr || std::getenv("GOMP_SPINCOUNT") != nullptr)
        return;
    std::error_code error; // by its own path: as "exe" nobody would know it in a list of processes
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (!error && setenv("GOMP_SPINCOUNT", spins, /*replace=*/0) == 0)
        execv(program.c_str(), arguments); // where it returns, the program is only slower
#endif
}

} // namespace headroom
