// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/weights_config.h"

#include "core/config/config_file.h"
#include "core/config/option_table.h"
#include "core/config/option_value.h"
#include "core/interop/open_config.h"
#include "core/model/inferred_model.h"
#include "core/separate/config_beside.h"
#include "core/weights/hyper_parameters.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace headroom {
namespace {

/// The configuration in the metadata or, in a checkpoint, in its hyper-parameters; absent if it has none.
std::optional<WeightsConfig> storedConfig(const std::string& file, const PublishedWeights& outline) {
    std::optional<OpenedConfig> opened;
    try {
        if (const auto found = outline.metadata.find("config"); found != outline.metadata.end())
            return WeightsConfig{parseConfig(found->second, file + ", metadata 'config'"), {}};
        if (const auto parameters = readHyperParameters(file))
            opened = readForeignConfig(*parameters, file + ", hyper_parameters");
    } catch (const Error& error) {
        throw Error(error.kind(), error.what(), error.where(),
                    "The file cannot be corrected; pass the configuration of its model with --config.");
    }
    if (!opened)
        return std::nullopt;
    return WeightsConfig{opened->config,
                         {conversionNotice(*opened->conversion, "The configuration in the file")}};
}

std::optional<WeightsConfig> configurationBeside(const std::string& weights) {
    const std::filesystem::path path = configBeside(weights);
    if (path.empty())
        return std::nullopt;
    const std::string name = path.filename().string();
    try {
        const OpenedConfig opened = openConfig(path);
        return WeightsConfig{
            opened.config,
            {opened.conversion ? opened.notice(path) : fmt::format("{}, beside the weights, is used.", name)},
            path};
    } catch (const Error& error) {
        throw Error(
            error.kind(), error.what(), error.where(),
            fmt::format("{} lies beside {}: correct it or move it away, or pass another configuration with "
                        "--config.",
                        name, std::filesystem::path(weights).filename().string()));
    }
}

WeightsConfig inferredConfig(const std::string& file, const PublishedWeights& outline) {
    InferredModel inferred = inferModel(outline.tensors, file);
    std::vector<std::string> assumed;
    for (const std::string& key : inferred.assumed)
        assumed.push_back(key + " " + formatOptionValue(findOption(key)->get(inferred.config)));
    return {
        std::move(inferred.config),
        {fmt::format("Not in the file: {}. These are the usual values; pass a configuration with --config "
                     "to change them.",
                     fmt::join(assumed, ", "))}};
}

void countMasks(WeightsConfig& used, const PublishedWeights& outline) {
    ModelConfig& model = used.config.model;
    const int layers = countMaskLayers(outline.tensors);
    const Option& option = *findOption("model.mask_layers");
    if (!option.appliesTo(model.kind) || layers < option.min || layers > option.max ||
        layers == model.maskLayers)
        return;
    used.notices.push_back(
        fmt::format("The mask estimators in the file have {} linear layers, not {} as configured; the file "
                    "decides.",
                    layers, model.maskLayers));
    model.maskLayers = layers;
}

} // namespace

WeightsConfig configOfWeights(const std::string& file, const PublishedWeights& outline,
                              const std::optional<RunConfig>& given) {
    WeightsConfig used;
    if (given)
        used.config = *given;
    else if (auto stored = storedConfig(file, outline))
        used = std::move(*stored);
    else if (auto beside = configurationBeside(file))
        used = std::move(*beside);
    else
        return inferredConfig(file, outline);
    countMasks(used, outline);
    return used;
}

} // namespace headroom
