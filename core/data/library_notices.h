#pragma once

#include "core/data/song_library.h"

#include <string>
#include <vector>

/// What is said of a data set that was opened. One notice for each kind, naming the first song.
namespace headroom {

/// Songs of one split that were made to fit: resampled, cut, with a mixture by another name, with files that
/// are not read.
void noteAdjustments(const std::vector<Song>& songs, const AudioFormat& form,
                     std::vector<std::string>& notices);

/// Folders that look like songs and are not used: "'train/x' is not used: it is empty", for each kind.
std::vector<std::string> unusedTexts(const SongFolders& folders, const std::filesystem::path& root);

} // namespace headroom
