// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace headroom {

/// A known but unsupported data set layout or file.
struct ForeignLayout {
    std::string what;   ///< description without a period: "Sources/Dev and Sources/Test: this is DSD100"
    std::string remedy; ///< how to convert it
};

/// Recognizes layouts of other data sets and programs by file and folder names: MUSDB18's .stem.mp4, DSD100,
/// folders of stems among songs, archives, songs or a data set in deeper folders, stems in unsupported
/// formats, empty folders. Absent for any other layout. Does not throw for unreadable folders.
/// @param path a folder in which no songs were found, or a file
std::optional<ForeignLayout> recognizeLayout(const std::filesystem::path& path);

} // namespace headroom
