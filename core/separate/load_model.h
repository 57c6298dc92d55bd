// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/model/bs_mamba2.h"

#include <c10/core/Device.h>

#include <filesystem>
#include <memory>
#include <optional>

namespace headroom {

/// Metadata key of the configuration (YAML) in weights files.
inline constexpr const char* configMetadataKey = "config";

/// A model ready to separate.
struct LoadedModel {
    RunConfig config;
    std::unique_ptr<BsMamba2> model;
};

/// Loads weights from a safetensors file. The model's shape comes from `config`, if given, otherwise from the
/// configuration in the file's metadata, which all files written by Headroom contain. Computes in bf16 if the
/// configuration requests it and the device has fast bf16 instructions, otherwise in fp32. Throws Error
/// (Input) if the file is damaged, if there is no valid configuration, or if names or shapes of the weights
/// do not match (the error lists the first differences).
LoadedModel loadModel(const std::filesystem::path& weights, const std::optional<RunConfig>& config,
                      c10::Device device);

} // namespace headroom
