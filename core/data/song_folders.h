// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/error.h"
#include "core/values/dataset_report.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// File and stem name of a song's mixture.
inline constexpr const char* mixtureName = "mixture";

enum class Split { Train, Validation, Test };

/// "train", "validation" or "test".
std::string splitName(Split split);

/// The audio files of a stem or of the mixture. A stem has one file, or is the sum of its tracks.
struct StemPaths {
    std::string stem;                         ///< in lower case, unless nameStems() gave it another spelling
    std::vector<std::filesystem::path> files; ///< at least one
};

/// An audio file of a song that is not used.
struct UnreadPath {
    std::string stem; ///< that it would be, in lower case; empty: none
    std::filesystem::path path;
    std::string reason;   ///< predicate: "is not supported: ..."
    bool isTrack = false; ///< its stem lacks it, even if the stem has other files
};

/// The files of a song, by their names; none has been opened.
struct SongFolder {
    std::string name; ///< of the folder or the files; "artist - song" in an artist folder
    Split split = Split::Train;
    std::filesystem::path folder; ///< identifies the song; exists only if the song is a folder
    DatasetLayout layout = DatasetLayout::SongFolders;
    std::vector<StemPaths> stems = {}; ///< sorted by name, including the mixture
    std::vector<UnreadPath> unread = {};
    std::optional<Error> error = {}; ///< why the song cannot be used, whatever its files
};

/// A folder or table of the data set that is not used, although it is where songs are expected.
struct UnusedFolder {
    std::string reason; ///< predicate, equal for equal reasons: "is empty"
    std::filesystem::path path;
};

struct SongFolders {
    std::vector<SongFolder> songs; ///< sorted by split (train, validation, test) and name (byte order)
    std::vector<UnusedFolder> unused;
};

/// Whether the stems of a song are folders of tracks.
constexpr bool isTrackLayout(DatasetLayout layout) {
    return layout == DatasetLayout::TrackFolders || layout == DatasetLayout::MoisesDb;
}

/// Gives the stems that equal one of these names, ignoring case, its spelling.
void nameStems(SongFolder& folder, const std::vector<std::string>& names);

/// Removes all but the mixture and these stems. Keeps all if `stems` is empty.
void keepStems(SongFolder& folder, const std::vector<std::string>& stems);

/// The songs that lack a stem that other songs of their split have, if these songs are not folders: files
/// with other names than those of the other stems. They do not belong together, and cannot be added up.
std::vector<std::string> unalignedSongs(const std::vector<SongFolder>& songs);

/// Finds the songs of a data set: those of the folders root/train, root/valid and root/test; without train
/// and test, those of root are songs of the training split. Names are case-insensitive; valid may also be val
/// or validation. Hidden files and folders are ignored, as are links to a folder above them.
///
/// In each of these folders, a folder that contains audio files (see isStemFile) or a folder of tracks per
/// stem (see track_folders.h) is a song, as are such folders in a folder without (artist/song). Otherwise,
/// the folders are stems and their files songs (see stem_folders.h), or there are tables of files (see
/// stem_table.h), whose split follows from their name if it is one: valid.csv. Root may also be a table.
///
/// Throws Error (Input) if root does not exist, cannot be read, or contains no song in these layouts; the
/// message names the layouts of other data sets that it recognizes.
SongFolders findSongFolders(const std::filesystem::path& root);

} // namespace headroom
