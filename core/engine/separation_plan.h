// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/engine/open_model.h"
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
    FrameRange range;                           ///< the part of the input to separate
    double seconds = 0;                         ///< length of the part
    std::string notice;                         ///< about the length of the input; usually empty
    std::string error;                          ///< why the input cannot be separated; empty if it can
    std::vector<std::filesystem::path> created; ///< folders that prepareOutputs() created, outermost first
};

/// One job per audio file. A folder stands for its audio files, sorted by name, without those in the output
/// folder. Names follow SeparationRequest::nameTemplate. Throws Error (Input) for an invalid template or
/// part, for a folder without audio files, and if two jobs would write the same file.
std::vector<SeparationJob> planSeparation(const SeparationRequest& request, const OpenModel& model);

/// Finds the part of each input, creates the folders, checks that every output can be opened, and checks the
/// free disk space. Sets SeparationJob::error of inputs that cannot be read or end before the part; throws it
/// if there is only one input. Throws Error (Input) if an output exists (unless SeparationRequest::overwrite)
/// or is an input, and Error (Failure) if it cannot be written.
void prepareOutputs(std::vector<SeparationJob>& jobs, const SegmentModel& model,
                    const SeparationRequest& request);

/// Removes the created folders of all jobs that are still empty. Folders and links of the user stay.
void removeEmptyFolders(const std::vector<SeparationJob>& jobs);

} // namespace headroom
