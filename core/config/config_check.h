#pragma once

#include "core/config/config_places.h"
#include "core/config/run_config.h"

namespace headroom {

/// Checks what only several knobs together can get wrong, and the bounds of each, so that a configuration
/// made by a program is as sound as one read from a file.
/// @param places where the keys were given, for messages
/// @throws Error of kind Input that names the keys, where they were given, and what is allowed
void checkConfig(const RunConfig& config, const ConfigPlaces& places = {});

} // namespace headroom
