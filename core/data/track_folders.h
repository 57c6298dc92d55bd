// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/data/song_folders.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// Songs whose stems are folders of tracks: song/vocals/take 1.wav. A stem is the sum of its tracks.
namespace headroom {

/// The tracks of a stem in a song of MoisesDB.
struct TrackList {
    std::string stem;               ///< name of its folder in the song folder
    std::vector<std::string> files; ///< names in that folder, each once
};

/// Reads MoisesDB's data.json: {"stems": [{"stemName": ..., "tracks": [{"id": ..., "extension": ...}]}]}.
/// Other members are ignored, as are stems without tracks; stems with the same name are one. Absent if the
/// file is JSON of another kind. Throws Error (Input) if it is no JSON, larger than 1 MiB, nested deeper than
/// 16 levels, or has other types, a name with a folder, or a track twice. It is not checked that files exist.
std::optional<std::vector<TrackList>> readTrackLists(const std::filesystem::path& file);

/// Whether a folder is a song whose stems are folders of tracks: by a data.json of MoisesDB, or because a
/// folder in it is named like a stem and its files are not. Does not throw.
bool holdsTrackFolders(const std::filesystem::path& folder);

/// The song in a folder of which holdsTrackFolders() is true. Its stems are those of data.json; other files
/// in its folders are not read. Without data.json, each folder with audio files is a stem; next to
/// uncompressed tracks of a folder, compressed ones are not read. A data.json that cannot be read becomes
/// SongFolder::error. Ignores files beside the folders. Throws Error if a folder cannot be read.
SongFolder songOfTrackFolders(const std::filesystem::path& folder, Split split);

} // namespace headroom
