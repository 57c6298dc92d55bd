#pragma once

#include "core/weights/safetensors.h"

#include <map>
#include <string>
#include <vector>

namespace headroom {

struct PublishedWeights {
    TensorMap tensors;                           ///< without the prefixes that frameworks put before names
    std::map<std::string, std::string> metadata; ///< of a safetensors file
    std::vector<std::string> notices;            ///< what was chosen where a file leaves a choice, sentences
};

/// Reads the weights of a file that another program may have written: a safetensors file or a checkpoint by
/// torch.save, told apart by their content. The prefixes "model.", "module.", "_orig_mod." and "ema_model.",
/// which training frameworks put before a model's names, are taken off, as many as there are. Where a file
/// holds a moving average beside the weights themselves, the weights are taken. Throws Error (Input).
PublishedWeights readPublishedWeights(const std::string& path);

} // namespace headroom
