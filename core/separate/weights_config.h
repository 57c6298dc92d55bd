// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/weights/published_weights.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// The configuration of weights, and notices for the user about its origin.
struct WeightsConfig {
    RunConfig config;
    std::vector<std::string> notices;  ///< sentences
    std::filesystem::path beside = {}; ///< file beside the weights from which it comes; empty: from elsewhere
};

/// Finds the configuration of the model in a weights file: the one given, or else the one stored in the file
/// (in the metadata 'config', or as another program stores it), or else the one beside it (configBeside), or
/// else the one inferred from the tensors (inferModel). A RoFormer's number of mask layers always comes from
/// the tensors, because programs count it in several ways. Does not check that the tensors fit: see
/// requireFit().
/// @param outline of the file, see readWeightsOutline()
/// @throws Error (Input) if the configuration in the file or beside it is not valid, or if no model can be
///         inferred from the tensors
WeightsConfig configOfWeights(const std::string& file, const PublishedWeights& outline,
                              const std::optional<RunConfig>& given);

} // namespace headroom
