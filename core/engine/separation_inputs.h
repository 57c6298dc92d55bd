// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/separation.h"

#include <filesystem>
#include <string>
#include <vector>

namespace headroom {

/// An audio file to separate.
struct SeparationFile {
    std::filesystem::path path;
    std::string name;                ///< of the song, see songName()
    std::filesystem::path subfolder; ///< of the input folder that it was found in; usually empty
};

/// The files of a request. A folder stands for the audio files in it, sorted by name; with
/// SeparationRequest::recursive also for those in its subfolders, except hidden ones, links and the output
/// folder. Throws Error (Input) for a folder that cannot be read or has no audio files.
std::vector<SeparationFile> separationFiles(const SeparationRequest& request);

} // namespace headroom
