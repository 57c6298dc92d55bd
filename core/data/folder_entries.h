// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <vector>

namespace headroom {

/// The entries of a folder without hidden ones, sorted by name. Throws Error (Input) if it cannot be read.
std::vector<std::filesystem::directory_entry> entriesOf(const std::filesystem::path& folder);

/// The subfolders, or the files, of a folder, without hidden ones, sorted by name. Empty if the folder cannot
/// be read.
std::vector<std::filesystem::path> foldersIn(const std::filesystem::path& folder);
std::vector<std::filesystem::path> filesIn(const std::filesystem::path& folder);

/// Whether a folder contains files that can be stems. Does not throw.
bool hasStemFiles(const std::filesystem::path& folder);

} // namespace headroom
