// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/weights_fit.h"
#include "core/weights/published_weights.h"

#include <map>
#include <string>
#include <vector>

namespace headroom {

struct ModelShape;

/// The parameters of a model that a file has.
struct ModelWeights {
    TensorMap parameters; ///< float32
    LoadReport fit;       ///< of all tensors in the file
    std::map<std::string, std::string> metadata;
    std::vector<std::string> notices;
    bool isUnchanged = true; ///< see Safetensors
};

/// Reads the tensors of a file that fit a model; others take no memory. Throws Error (Input) if none fits, if
/// one contains NaN or infinity, and if the file has other positions than the model.
/// @param outline of the same file and set, see readWeightsOutline()
ModelWeights readModelWeights(const std::string& file, const NamedTensors& outline, const ModelShape& shape,
                              WeightSet set = WeightSet::Trained);

} // namespace headroom
