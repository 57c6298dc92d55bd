// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/weights/safetensors.h"

#include <map>
#include <string>
#include <vector>

namespace headroom {

/// Weights from any program.
struct PublishedWeights {
    TensorMap tensors;                           ///< names without prefixes of training frameworks
    std::map<std::string, std::string> metadata; ///< only from a safetensors file
    std::vector<std::string> notices;            ///< sentences about choices made, such as weights over EMA
};

/// Reads weights from a safetensors file or a checkpoint of torch.save, detected by content. Removes all
/// leading "model.", "module.", "_orig_mod." and "ema_model." from the names, which training frameworks add.
/// If the file contains both the weights and their EMA, returns the weights. Throws Error (Input).
PublishedWeights readPublishedWeights(const std::string& path);

} // namespace headroom
