// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/weights/safetensors.h"
#include "core/weights/torch_archive.h"

#include <map>
#include <string>
#include <vector>

namespace headroom {

/// Weights from any program.
struct PublishedWeights {
    TensorMap tensors;                           ///< names without prefixes of training frameworks
    std::map<std::string, std::string> metadata; ///< only from a safetensors file
    std::vector<std::string> notices;            ///< sentences about choices made, such as weights over EMA
    bool isAverage = false;                      ///< these are an EMA
    bool isUnchanged = true; ///< see Safetensors; always true of an outline, for which nothing is hashed
};

/// Reads weights from a safetensors file or a checkpoint of torch.save, detected by content. Removes all
/// leading "model.", "module.", "_orig_mod." and "ema_model." from the names, which training frameworks add.
/// If the file contains both the weights and their EMA, `set` decides. Throws Error (Input), also if the EMA
/// is wanted and absent.
/// @param wanted selects tensors by their names without prefixes; the others take no memory
PublishedWeights readPublishedWeights(const std::string& path, const TensorFilter& wanted = {},
                                      WeightSet set = WeightSet::Trained);

/// Names, shapes and metadata of the weights in a file, which is not read further: `tensors` have no data
/// (Meta device). Otherwise like readPublishedWeights().
PublishedWeights readWeightsOutline(const std::string& path, WeightSet set = WeightSet::Trained);

} // namespace headroom
