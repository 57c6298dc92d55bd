#include "app/launcher.h"

#include "core/config/scalar_text.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <cstdlib>

namespace headroom::app {

void requireSingleProcess() {
    // torchrun, Slurm, Open MPI, and MPICH with its relatives
    for (const char* name : {"WORLD_SIZE", "SLURM_NTASKS", "OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || parseInteger(value).value_or(1) <= 1)
            continue;
        throw Error(
            ErrorKind::Input,
            fmt::format("Headroom trains in one process, but {} is {}: a launcher has started several", name,
                        value),
            {},
            fmt::format("Start it once, without torchrun or mpirun, and in Slurm with srun "
                        "--ntasks=1; if it is started once already, unset {}.",
                        name));
    }
}

} // namespace headroom::app
