#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace headroom {

enum class Split { Train, Test };

/// "train" or "test".
std::string splitName(Split split);

/// A sound file that stands for one stem, or for the mixture, of a song.
struct StemPath {
    std::string stem; ///< the file's name without its extension
    std::filesystem::path path;
};

/// A folder that holds a song, by its file names alone: nothing has been opened.
struct SongFolder {
    std::string name; ///< the folder's own name
    Split split = Split::Train;
    std::filesystem::path folder;
    std::vector<StemPath> files; ///< by stem; "mixture" among them where there is one
};

/// The songs of a data set, by split and name (byte order).
///
/// Every folder in root/train and root/test that holds sound files (.wav, .flac, .aif, .aiff) is a song;
/// where there is neither, every such folder in root itself is one, of the training split. Hidden files and
/// folders are passed over. Throws Error (Input) where the root is no folder, cannot be read, or holds no
/// song.
std::vector<SongFolder> findSongFolders(const std::filesystem::path& root);

} // namespace headroom
