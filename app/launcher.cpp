// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/launcher.h"

#include "core/config/scalar_text.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <cstdlib>

namespace headroom::app {

void requireSingleProcess() {
    // torchrun, Slurm, Open MPI, MPICH and its derivatives
    for (const char* name : {"WORLD_SIZE", "SLURM_NTASKS", "OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || parseInteger(value).value_or(1) <= 1)
            continue;
        throw Error(
            ErrorKind::Input,
            fmt::format(
                "Headroom trains in one process, but {} is {}: a launcher has started several processes",
                name, value),
            {},
            fmt::format("Start it without torchrun or mpirun, and under Slurm with srun --ntasks=1. If this "
                        "is the only process, unset {}.",
                        name));
    }
}

} // namespace headroom::app
