// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/data/song_library.h"

#include <string>
#include <vector>

/// Notices about an opened data set: one per kind of adjustment, naming the first song.
namespace headroom {

/// Adds notices about songs of one split that are resampled, trimmed or padded, lack stems, have files whose
/// header has no length or a wrong one, have a mixture under another name, or have files that are not used.
/// @param policy of lengths that differ by more than lengthTolerance
void addAdjustmentNotices(const std::vector<Song>& songs, const AudioFormat& format, LengthMismatch policy,
                          std::vector<std::string>& notices);

/// Descriptions of unused folders, one per reason: "'train/x' is not used: it is empty".
std::vector<std::string> unusedTexts(const SongFolders& folders, const std::filesystem::path& root);

} // namespace headroom
