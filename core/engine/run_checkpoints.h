#pragma once

#include "core/values/listening.h"

#include <string>
#include <vector>

namespace headroom {

/// The checkpoints that a run still has and whose weights can be read, newest first; none where there is no
/// run.
std::vector<CheckpointInfo> checkpointsOfRun(const std::string& runFolder);

} // namespace headroom
