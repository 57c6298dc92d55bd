// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/import_weights.h"

#include "core/config/config_file.h"
#include "core/model/model_shape.h"
#include "core/model/weights_fit.h"
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

/// Metadata with the origin of the weights, and their license if the file states one.
Metadata metadataOf(const std::string& input, const Metadata& given, const RunConfig& config, bool partial) {
    Metadata metadata = {{"format", "pt"}, // the only value that some readers accept
                         {"version", version()},
                         {"config", dumpConfig(config)},
                         {"source", std::filesystem::path(input).filename().string()},
                         {"source_xxh3_64", hashOfFile(input)},
                         {"license", "not stated"}};
    if (const auto license = given.find("license"); license != given.end())
        metadata["license"] = license->second;
    if (partial)
        metadata[partialWeightsKey] = "true";
    return metadata;
}

} // namespace

ImportReport importWeights(const std::string& input, const std::string& output, const RunConfig& config,
                           bool partial) {
    const ModelShape shape = modelShape(config);
    PublishedWeights given = readPublishedWeights(input);
    if (partial)
        requireBsMamba2(given.tensors, input);
    else
        requireFit(given.tensors, shape, input,
                   "Pass the configuration of its model with --config, or import what fits with --partial.");

    LoadReport fit = compareWeights(given.tensors, shape);
    if (fit.fitting.empty())
        throw Error(ErrorKind::Input, "no tensor of the file fits the model", input,
                    "Pass the configuration of its model with --config.");
    ImportReport report;
    TensorMap weights;
    for (const std::string& name : fit.fitting) {
        weights[name] = given.tensors.at(name).to(at::kFloat);
        report.parameters += weights[name].numel();
    }
    report.tensors = static_cast<std::int64_t>(weights.size());
    report.notices = std::move(given.notices);
    report.missing = std::move(fit.missing);
    report.leftOut = std::move(fit.unexpected);
    report.wrongShape = std::move(fit.wrongShape);
    const bool isPartial = !report.missing.empty() || !report.wrongShape.empty();
    writeSafetensors(output, weights, metadataOf(input, given.metadata, config, isPartial),
                     Checksum::Tensors);
    return report;
}

} // namespace headroom
