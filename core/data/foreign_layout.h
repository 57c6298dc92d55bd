#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace headroom {

/// A data set, or a file, in a layout that is not read.
struct ForeignLayout {
    std::string what;   ///< what it is, without full stop: "4 folders with data.json: this is MoisesDB, ..."
    std::string remedy; ///< what to do with it
};

/// Layouts of other data sets and programs, told by the names of files and folders: MoisesDB, MUSDB18's
/// .stem.mp4, DSD100, a folder for each stem, a CSV file of paths, archives, songs one folder deeper, a data
/// set one folder deeper, stems in kinds of files that are not read, empty folders. Absent where it is none
/// of these. Never throws for what cannot be read.
/// @param path a folder in which no songs were found, or a file
std::optional<ForeignLayout> recognizeLayout(const std::filesystem::path& path);

/// Whether the folders here are named after stems, with songs as files in them: vocals/a.wav, drums/a.wav.
/// Throws nothing.
std::optional<ForeignLayout> recognizeStemFolders(const std::filesystem::path& folder);

} // namespace headroom
