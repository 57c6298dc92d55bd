#pragma once

#include "core/config/run_config.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

struct ImportReport {
    std::int64_t tensors = 0;            ///< written
    std::int64_t parameters = 0;         ///< numbers in them
    std::vector<std::string> missing;    ///< parameters that the file does not have; only of a partial import
    std::vector<std::string> wrongShape; ///< "name: [16, 4] given, [16, 8] needed"; the same
    std::vector<std::string> leftOut;    ///< tensors of the file that are no parameters of the model
    std::vector<std::string> notices;    ///< what else is worth knowing, sentences
};

/// Converts published weights (.ckpt, .pt, .pth or .safetensors) of the model that `config` describes to a
/// weights file of ours, which carries the configuration. Nothing in the file is executed.
/// @param partial takes what fits, whatever is missing, left over or of another shape. Such a file is marked:
///        it can start training, not separate.
/// Throws Error (Input), and writes nothing, for a file that is damaged, holds none of the parameters or,
/// unless `partial`, is not exactly this model; Error (Failure) where `output` cannot be written.
ImportReport importWeights(const std::string& input, const std::string& output, const RunConfig& config,
                           bool partial = false);

} // namespace headroom
