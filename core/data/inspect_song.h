#pragma once

#include "core/data/song_folders.h"
#include "core/values/dataset_report.h"

#include <stop_token>

namespace headroom {

/// Reads all files of a song side by side, block by block. After a stop request it returns soon, with a
/// report that means nothing.
SongReport inspectSong(const SongFolder& folder, const std::stop_token& stop);

} // namespace headroom
