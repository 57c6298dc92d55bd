#pragma once

#include "core/config/run_config.h"
#include "core/session/run_paths.h" // newRunFolder()

#include <string>

namespace headroom {

/// The configuration that a run was last going with. Throws Error (Input) where the folder holds no run.
RunConfig runConfig(const std::string& runFolder);

} // namespace headroom
