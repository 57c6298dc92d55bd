// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/import_weights.h"

#include "core/config/config_file.h"
#include "core/model/model_shape.h"
#include "core/model/weights_fit.h"
#include "core/separate/model_weights.h"
#include "core/separate/weights_config.h"
#include "core/support/error.h"
#include "core/support/version.h"
#include "core/weights/content_hash.h"
#include "core/weights/published_weights.h"

#include <ATen/ATen.h>

#include <filesystem>
#include <utility>

namespace headroom {
namespace {

using Metadata = std::map<std::string, std::string>;

/// Metadata with the origin of the weights, and their license if it is known.
Metadata metadataOf(const std::string& input, const Metadata& given, const RunConfig& config, bool partial,
                    const std::string& licenseGiven) {
    Metadata metadata = {{"format", "pt"}, // the only value that some readers accept
                         {"version", version()},
                         {"config", dumpConfig(config)},
                         {"source", std::filesystem::path(input).filename().string()},
                         {"source_xxh3_64", hashOfFile(input)},
                         {"license", "not stated"}};
    if (const auto license = given.find("license"); license != given.end())
        metadata["license"] = license->second;
    if (!licenseGiven.empty())
        metadata["license"] = licenseGiven;
    if (partial)
        metadata[partialWeightsKey] = "true";
    return metadata;
}

} // namespace

ImportReport importWeights(const std::string& input, const std::string& output,
                           const std::optional<RunConfig>& config, const ImportOptions& options) {
    const WeightSet set = options.average ? WeightSet::Average : WeightSet::Trained;
    const PublishedWeights outline = readWeightsOutline(input, set);
    ImportReport report;
    // A partial import may differ from its model, whose configuration must then be given.
    const bool isPart = options.partial && config;
    const WeightsConfig used = isPart ? WeightsConfig{*config, {}} : configOfWeights(input, outline, config);
    const RunConfig& modelConfig = used.config;
    report.notices = used.notices;
    const ModelShape shape = modelShape(modelConfig);
    if (options.partial)
        requireKind(outline.tensors, shape.kind, input);
    else
        requireFit(outline.tensors, shape, input,
                   "Pass the configuration of its model with --config, or import what fits with --partial.");

    ModelWeights weights = readModelWeights(input, outline.tensors, shape, set);
    for (const auto& [name, tensor] : weights.parameters)
        report.parameters += tensor.numel();
    report.tensors = static_cast<std::int64_t>(weights.parameters.size());
    report.notices.insert(report.notices.end(), weights.notices.begin(), weights.notices.end());
    report.missing = std::move(weights.fit.missing);
    report.leftOut = std::move(weights.fit.unexpected);
    report.wrongShape = std::move(weights.fit.wrongShape);
    const bool isPartial = !report.missing.empty() || !report.wrongShape.empty();
    writeSafetensors(output, weights.parameters,
                     metadataOf(input, weights.metadata, modelConfig, isPartial, options.license),
                     Checksum::Tensors);
    return report;
}

} // namespace headroom
