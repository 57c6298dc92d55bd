#pragma once

#include "core/engine/separate_songs.h"
#include "core/separate/chunk_model.h"
#include "core/separate/separate_file.h"

#include <filesystem>
#include <string>
#include <vector>

namespace headroom {

/// One input and where its stems go.
struct SeparationJob {
    std::filesystem::path input;
    StemOutput output;
    double seconds = 0; ///< length of the sound
    std::string notice; ///< what users should know of the input's length; mostly empty
    std::string error;  ///< why it cannot even be begun; empty: it can
};

/// The sound files that are meant: folders opened up, in order of name. Each gets a folder of its name in the
/// output folder, by safeFileName. Throws Error (Input) for a folder without any, and where the same output
/// would be written twice.
std::vector<SeparationJob> planSeparation(const SeparationRequest& request, const ChunkModel& model);

/// Makes the folders, opens every file to be written once, and compares the room on the disk with what the
/// stems will take. Inputs that cannot be read are marked with their error. Throws Error: (Input) where an
/// output is there already or would replace an input, (Failure) where it cannot be written.
void prepareOutputs(std::vector<SeparationJob>& jobs, const ChunkModel& model, bool overwrite);

/// Removes the folders of jobs that are still empty.
void removeEmptyFolders(const std::vector<SeparationJob>& jobs);

} // namespace headroom
