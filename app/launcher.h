#pragma once

namespace headroom::app {

/// A launcher that starts one process for each card (torchrun, mpirun, srun) would have them all train the
/// same thing, in the same folder. Throws Error (Input) where the environment says that this is one of
/// several.
void requireSingleProcess();

} // namespace headroom::app
