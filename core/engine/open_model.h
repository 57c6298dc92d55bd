#pragma once

#include "core/separate/chunk_model.h"
#include "core/values/model_source.h"

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace headroom {

struct LoadedModel;

/// A model that separates, with all that keeps it alive.
struct OpenModel {
    std::shared_ptr<const LoadedModel> loaded;
    ChunkModel chunks; ///< refers to `loaded`
    std::filesystem::path file;
    std::string name; ///< which weights these are: "the checkpoint of step 132, the best of its validations"
    std::string device;               ///< "cpu", "cuda:0"
    std::vector<std::string> notices; ///< what was done instead of what one would expect
};

/// Loads the weights of `source`: of a run its best checkpoint, else its newest; where that is damaged, and
/// not where the disk cannot be read, the newest good one, with a notice; where a step is named, that
/// checkpoint alone. Throws Error as loadModel does, and (Input) for a source that names both or none of
/// weights and run, and a run without checkpoints.
/// @param stop ends a pass of the model between two of its layers
OpenModel openModel(const ModelSource& source, const std::stop_token& stop = {});

} // namespace headroom
