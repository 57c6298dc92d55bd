// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/data/song_folders.h"
#include "core/values/dataset_report.h"

#include <stop_token>

namespace headroom {

/// Reads all files of a song in parallel blocks. After a stop request it returns soon, with an incomplete
/// report.
SongReport inspectSong(const SongFolder& folder, const std::stop_token& stop);

} // namespace headroom
