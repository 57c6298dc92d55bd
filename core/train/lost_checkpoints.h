#pragma once

#include "core/train/run_folder.h"

namespace headroom {

/// To be called where a run to resume has no checkpoint: beginning at step 0 is right only if there never was
/// one. Throws Error (Input) where the journal tells of any.
void requireNoneLost(const RunPaths& paths);

} // namespace headroom
