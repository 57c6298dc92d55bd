#pragma once

#include "core/config/run_config.h"
#include "core/model/bs_mamba2.h"

#include <c10/core/Device.h>

#include <filesystem>
#include <memory>
#include <optional>

namespace headroom {

/// The metadata key under which weights files carry their configuration, as YAML.
inline constexpr const char* configMetadataKey = "config";

/// A model ready to separate.
struct LoadedModel {
    RunConfig config;
    std::unique_ptr<BsMamba2> model;
};

/// Loads weights in safetensors form. Their shape is that of `config`, where one is given, else that of the
/// configuration in the file's metadata, which Headroom's own files have. bf16 is used where the
/// configuration says so and the device has fast instructions for it; fp32 is never less exact. Throws Error
/// (Input): a damaged file, no configuration, one that cannot be built, weights of another shape or with
/// other names (the first that differ are named, with both shapes).
LoadedModel loadModel(const std::filesystem::path& weights, const std::optional<RunConfig>& config,
                      c10::Device device);

} // namespace headroom
