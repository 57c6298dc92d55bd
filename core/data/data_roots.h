// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/data/song_folders.h"

#include <string>
#include <vector>

namespace headroom {

/// Finds the songs of a data set and of those that are added to it (data.more_roots), sorted by name. Appends
/// to `unused` what is not used (unusedTexts). Throws Error (Input) if a data set is named twice, and like
/// findSongFolders.
SongFolders findAllSongFolders(const std::string& root, const std::vector<std::string>& moreRoots,
                               std::vector<std::string>& unused);

} // namespace headroom
