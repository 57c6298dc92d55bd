#pragma once

#include <filesystem>
#include <vector>

namespace headroom {

/// What is in a folder, by name, hidden entries left out. Throws Error (Input) where it cannot be read.
std::vector<std::filesystem::directory_entry> entriesOf(const std::filesystem::path& folder);

/// The folders, or the files, in a folder; none where it cannot be read.
std::vector<std::filesystem::path> foldersIn(const std::filesystem::path& folder);
std::vector<std::filesystem::path> filesIn(const std::filesystem::path& folder);

} // namespace headroom
