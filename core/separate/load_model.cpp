#include "core/separate/load_model.h"

#include "core/config/config_check.h"
#include "core/config/config_file.h"
#include "core/model/compute_device.h"
#include "core/model/model_shape.h"
#include "core/support/error.h"
#include "core/weights/safetensors.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace headroom {
namespace {

RunConfig storedConfig(const Safetensors& file, const std::filesystem::path& path) {
    const auto found = file.metadata.find(configMetadataKey);
    if (found == file.metadata.end()) {
        throw Error(ErrorKind::Input, "the weights come without their configuration", path.string(),
                    "Name it with --config, or take a file that Headroom wrote.");
    }
    ConfigPlaces places;
    RunConfig config = parseConfig(found->second, path.string() + ", metadata 'config'", &places);
    checkConfig(config, places); // its stems become names of files
    return config;
}

/// "; missing: a, b and 3 more", or nothing.
std::string listed(const std::string& title, const std::vector<std::string>& names) {
    constexpr std::size_t most = 3;
    if (names.empty())
        return {};
    std::string text = "; " + title + ": ";
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    return names.size() <= most ? text : fmt::format("{} and {} more", text, names.size() - most);
}

void requireFit(const LoadReport& report, const std::filesystem::path& path) {
    if (report.complete())
        return;
    throw Error(ErrorKind::Input,
                "the weights do not fit the configuration" + listed("of another shape", report.wrongShape) +
                    listed("missing", report.missing) + listed("unknown", report.unexpected),
                path.string(), "Use the configuration that they were trained with.");
}

} // namespace

LoadedModel loadModel(const std::filesystem::path& weights, const std::optional<RunConfig>& config,
                      c10::Device device) {
    const Safetensors file = readSafetensors(weights.string());
    LoadedModel loaded{config ? *config : storedConfig(file, weights), nullptr};
    loaded.model = std::make_unique<BsMamba2>(modelShape(loaded.config), device, at::kFloat, 0);
    requireFit(loaded.model->parameters().load(file.tensors), weights);
    if (loaded.config.training.precision == Precision::Bf16 && hasFastBfloat16(device))
        loaded.model->setPrecision(at::kBFloat16);
    return loaded;
}

} // namespace headroom
