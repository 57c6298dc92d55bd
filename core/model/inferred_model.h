// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <ATen/core/Tensor.h>

#include <map>
#include <string>
#include <vector>

namespace headroom {

/// A model inferred from the names and shapes of its tensors.
struct InferredModel {
    RunConfig config;                 ///< valid; what the tensors leave open has its usual value
    std::vector<std::string> assumed; ///< the keys of those options that change what the model computes
};

/// Infers the configuration of a model. Reads names and shapes only; requireFit() checks that all tensors are
/// there and fit. Time and memory depend on the contents of the file, not on the sizes that it claims.
/// @param tensors names without prefixes, see readWeightsOutline()
/// @param file    the place that an Error names
/// @throws Error (Input) if they are not those of a model that Headroom has, or are ambiguous
InferredModel inferModel(const std::map<std::string, at::Tensor>& tensors, const std::string& file);

/// Number of linear layers of a mask estimator of a RoFormer, counted from the names; 0 if there are none.
int countMaskLayers(const std::map<std::string, at::Tensor>& tensors);

} // namespace headroom
