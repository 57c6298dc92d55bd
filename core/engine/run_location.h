#pragma once

#include "core/config/run_config.h"

#include <string>

namespace headroom {

/// A folder for a new run that is not there yet: outputDir/2026-01-31-120000-demo, the local time and the
/// name of the configuration's file.
std::string newRunFolder(const std::string& outputDir, const std::string& configFile);

/// The configuration that a run was last going with. Throws Error (Input) where the folder holds no run.
RunConfig runConfig(const std::string& runFolder);

} // namespace headroom
