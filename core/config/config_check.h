#pragma once

#include "core/config/run_config.h"

namespace headroom {

/// Checks what only several knobs together can get wrong, and the bounds of each, so that a configuration
/// made by a program is as sound as one read from a file.
/// @throws Error of kind Input that names the keys and what is allowed
void checkConfig(const RunConfig& config);

} // namespace headroom
