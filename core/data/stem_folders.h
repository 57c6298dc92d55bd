// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/data/song_folders.h"

#include <filesystem>
#include <string>
#include <vector>

/// The layout with a folder per stem and a file per song: vocals/a.wav, drums/a.wav.
namespace headroom {

/// The folders that are named like stems and contain files named otherwise, if they are at least two and at
/// least half of the subfolders with audio; else empty. Names of stems are common ones, or those that number
/// their files: koto/koto_1.wav. Does not throw.
std::vector<std::string> namedStemFolders(const std::filesystem::path& folder);

/// Whether one of the files is named like a stem or the mixture, so that their folder is a song.
bool areNamedLikeStems(const std::vector<std::filesystem::path>& files);

/// Whether the folder has a folder of a stem with files named otherwise, as in song/vocals/take.wav. Does not
/// throw.
bool holdsStemsAsFolders(const std::filesystem::path& folder);

/// The songs of a folder with a folder per stem: each is the set of files with the same name, sorted by name.
/// Song folders among them, subfolders with audio, and songs without a readable file are not used. Throws
/// Error (Input) if a folder cannot be read.
SongFolders songsOfStemFolders(const std::filesystem::path& folder, Split split);

} // namespace headroom
