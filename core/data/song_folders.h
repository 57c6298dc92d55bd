// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace headroom {

/// File and stem name of a song's mixture.
inline constexpr const char* mixtureName = "mixture";

enum class Split { Train, Validation, Test };

/// "train", "validation" or "test".
std::string splitName(Split split);

/// The audio file of a stem or of the mixture.
struct StemPath {
    std::string stem; ///< file name without extension
    std::filesystem::path path;
};

/// The files of a song, by their names; none has been opened.
struct SongFolder {
    std::string name; ///< name of the folder
    Split split = Split::Train;
    std::filesystem::path folder;
    std::vector<StemPath> files;               ///< sorted by stem, including the mixture
    std::vector<std::filesystem::path> unread; ///< audio files in unsupported formats, such as MP3
};

/// A folder of the data set that is not used, although it is where songs are expected.
struct UnusedFolder {
    std::string reason; ///< predicate, equal for equal reasons: "is empty"
    std::filesystem::path path;
};

struct SongFolders {
    std::vector<SongFolder> songs; ///< sorted by split (train, validation, test) and name (byte order)
    std::vector<UnusedFolder> unused;
};

/// Removes the files that are neither the mixture nor one of these stems. Keeps all if `stems` is empty.
void keepStems(SongFolder& folder, const std::vector<std::string>& stems);

/// Finds the songs of a data set.
///
/// Every folder in root/train, root/valid and root/test that contains audio files (.wav, .flac, .aif, .aiff)
/// is a song. Names are case-insensitive; valid may also be val or validation. Without train and test, every
/// other folder in root is a song of the training split. Hidden files and folders are ignored. Throws Error
/// (Input) if root is not a folder, cannot be read, or contains no song in this layout; the message names the
/// layouts of other data sets that it recognizes.
SongFolders findSongFolders(const std::filesystem::path& root);

} // namespace headroom
