#pragma once

#include "core/config/run_config.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

struct ImportReport {
    std::int64_t tensors = 0;         ///< written
    std::int64_t parameters = 0;      ///< numbers in them
    std::vector<std::string> missing; ///< parameters of the model that the file does not have
    std::vector<std::string> leftOut; ///< tensors of the file that are none of the model's
};

/// Takes a published checkpoint (.ckpt, .pt, .pth or .safetensors) of the model that `config` describes over
/// into a weights file of ours, which carries the configuration. Nothing in the checkpoint is executed.
/// Throws Error (Input) for a file that is damaged or holds none of the model's parameters, or one in another
/// shape; Error (Failure) where `output` cannot be written.
ImportReport importWeights(const std::string& input, const std::string& output, const RunConfig& config);

} // namespace headroom
