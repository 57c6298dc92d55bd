#pragma once

#include "core/config/run_config.h"
#include "core/values/listening.h"

#include <string>

namespace headroom {

/// The songs of a data set: test, validation (as the configuration divides), train; songs whose files do not
/// fit together are left out with a notice. Throws Error (Input) where there is no data set.
SongList songsOfDataset(const std::string& dataset, const RunConfig& config);

} // namespace headroom
