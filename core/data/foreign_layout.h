// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace headroom {

/// A known but unsupported data set layout or file.
struct ForeignLayout {
    std::string what;   ///< description without a period: "4 folders with data.json: this is MoisesDB, ..."
    std::string remedy; ///< how to convert it
};

/// Recognizes layouts of other data sets and programs by file and folder names: MoisesDB, MUSDB18's
/// .stem.mp4, DSD100, a folder per stem, a CSV file of paths, archives, songs or a data set one folder
/// deeper, stems in unsupported formats, empty folders. Absent for any other layout. Does not throw for
/// unreadable folders.
/// @param path a folder in which no songs were found, or a file
std::optional<ForeignLayout> recognizeLayout(const std::filesystem::path& path);

/// Recognizes a folder per stem, with a file per song: vocals/a.wav, drums/a.wav. Does not throw.
std::optional<ForeignLayout> recognizeStemFolders(const std::filesystem::path& folder);

} // namespace headroom
