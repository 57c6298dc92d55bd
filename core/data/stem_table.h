// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/data/song_folders.h"

#include <filesystem>
#include <vector>

/// Tables of audio files: a CSV file whose columns include instrum (the stem) and path.
namespace headroom {

/// Whether the name ends with .csv and the first line has both columns, in any case. Does not throw.
bool isStemTable(const std::filesystem::path& file);

/// The songs of a table, sorted by name. Relative paths start at the folder of the table. A file that is
/// named like its stem belongs to the song that its folder is named after (song/vocals.wav); a file in a
/// folder that is named like its stem, to the song that the file is named after (vocals/song.wav). Every
/// other file is a song that has this one stem.
///
/// Throws Error (Input) that names the line for a row without these columns, a NUL byte, an open quote, a
/// file that is missing, listed twice or that cannot be a stem by its name; also for a table without rows,
/// larger than 64 MiB or with more than a million lines.
std::vector<SongFolder> songsOfStemTable(const std::filesystem::path& file, Split split);

} // namespace headroom
