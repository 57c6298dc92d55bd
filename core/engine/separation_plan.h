// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/engine/separate_songs.h"
#include "core/separate/segment_model.h"
#include "core/separate/separate_file.h"

#include <filesystem>
#include <string>
#include <vector>

namespace headroom {

/// One input and where its stems go.
struct SeparationJob {
    std::filesystem::path input;
    StemOutput output;
    double seconds = 0;                         ///< length of the input
    std::string notice;                         ///< about the length of the input; usually empty
    std::string error;                          ///< why the input cannot be read; empty if it can
    std::vector<std::filesystem::path> created; ///< folders that prepareOutputs() created, outermost first
};

/// One job per audio file. A folder stands for its audio files, sorted by name. Each job gets a subfolder of
/// the output folder, named after the file by safeFileName(). Throws Error (Input) for a folder without audio
/// files, and if two jobs would write to the same folder.
std::vector<SeparationJob> planSeparation(const SeparationRequest& request, const SegmentModel& model);

/// Creates the folders, checks that every output can be opened, and checks the free disk space. Sets
/// SeparationJob::error of unreadable inputs; throws it if there is only one input. Throws Error (Input) if
/// an output exists (unless `overwrite`) or is an input, and Error (Failure) if it cannot be written.
void prepareOutputs(std::vector<SeparationJob>& jobs, const SegmentModel& model, bool overwrite);

/// Removes the created folders of all jobs that are still empty. Folders and links of the user stay.
void removeEmptyFolders(const std::vector<SeparationJob>& jobs);

} // namespace headroom
