// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/model/band_split_model.h"

#include <c10/core/Device.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// A model ready to separate.
struct LoadedModel {
    RunConfig config;
    std::unique_ptr<BandSplitModel> model;
    std::vector<std::string> notices; ///< sentences, see configOfWeights() and PublishedWeights
};

/// Loads weights of any supported format, with the configuration that configOfWeights() finds. Computes in
/// bf16 if the configuration requests it and the device has fast bf16 instructions, otherwise in fp32. Throws
/// Error (Input) if the file is damaged or does not match its checksum, or if names or shapes of the weights
/// do not match the configuration (the error says what the file has), which takes no memory for tensors.
LoadedModel loadModel(const std::filesystem::path& weights, const std::optional<RunConfig>& config,
                      c10::Device device);

} // namespace headroom
