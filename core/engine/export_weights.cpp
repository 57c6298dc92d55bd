// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/export_weights.h"

#include "core/config/config_file.h"
#include "core/dsp/band_plan.h"
#include "core/engine/run_weights.h"
#include "core/interop/msst_writer.h"
#include "core/interop/open_config.h"
#include "core/model/model_shape.h"
#include "core/model/published_tensors.h"
#include "core/separate/model_weights.h"
#include "core/separate/weights_config.h"
#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "core/support/output_place.h"
#include "core/support/system_error.h"
#include "core/support/version.h"
#include "core/weights/torch_archive_writer.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

namespace headroom {
namespace {

namespace fs = std::filesystem;

struct Source {
    RunConfig config;
    TensorMap parameters;
    std::map<std::string, std::string> metadata;
};

/// Reads the parameters of a model, of which the file must have all.
Source readSource(const fs::path& file, const std::optional<RunConfig>& config, ExportReport& report) {
    const std::string path = file.string();
    const PublishedWeights outline = readWeightsOutline(path);
    WeightsConfig used = configOfWeights(path, outline, config);
    report.notices.insert(report.notices.end(), used.notices.begin(), used.notices.end());
    const ModelShape shape = modelShape(used.config);
    requireFit(
        outline.tensors, shape, path,
        outline.metadata.contains(partialWeightsKey)
            ? "These weights are only a part of a model. Use them to start training (training.init_from)."
            : "Use the configuration that they were trained with.");
    ModelWeights weights = readModelWeights(path, outline.tensors, shape);
    report.notices.insert(report.notices.end(), weights.notices.begin(), weights.notices.end());
    return {std::move(used.config), std::move(weights.parameters), std::move(weights.metadata)};
}

/// The best weights of a run that are not damaged.
Source readRun(const fs::path& run, ExportReport& report) {
    const std::vector<RunWeights> all = weightsOfRun(run);
    for (std::size_t i = 0;; ++i) {
        try {
            readSafetensors(all[i].file.string(), [](const std::string&) { return false; }); // the checksum
            Source source = readSource(all[i].file, std::nullopt, report);
            report.weights = all[i].name;
            return source;
        } catch (const Error& error) {
            if (i + 1 == all.size() || error.kind() != ErrorKind::Input)
                throw;
            report.notices.push_back(fmt::format("skipped: {}", error.message()));
        }
    }
}

Source readSource(const ExportRequest& request, ExportReport& report) {
    if (request.weights.empty() == request.run.empty())
        throw Error(ErrorKind::Input, "either weights or a run must be given", {},
                    "Use --weights FILE or --run DIR.");
    if (!request.run.empty())
        return readRun(request.run, report);
    std::optional<RunConfig> config;
    if (!request.config.empty()) {
        const OpenedConfig opened = openConfig(request.config);
        config = opened.config;
        if (opened.conversion)
            report.notices.push_back(opened.notice(request.config));
    }
    report.weights = request.weights;
    return readSource(request.weights, config, report);
}

std::vector<fs::path> outputs(const ExportRequest& request) {
    const fs::path output = request.output;
    if (request.format != ExportFormat::Msst)
        return {output};
    return {output / "model.ckpt", output / "config.yaml"};
}

/// With the widths of the bands, because MSST has no counterpart of model.num_subbands.
RunConfig withBands(RunConfig config) {
    ModelConfig& model = config.model;
    const bool isDefault = model.numSubbands == ModelConfig{}.numSubbands;
    if (model.kind == ModelKind::BsMamba2 && model.freqsPerBands.empty() && !isDefault)
        model.freqsPerBands = bandPlan(model.numSubbands);
    return config;
}

/// Metadata for programs and people.
std::map<std::string, std::string> metadata(const Source& source) {
    std::map<std::string, std::string> metadata = {
        {"format", "pt"}, // the only value that some readers accept
        {"version", version()},
        {"config", dumpConfig(source.config)},
        {"license", "not stated"}};
    for (const char* key : {"license", "source", "source_xxh3_64"}) {
        if (const auto given = source.metadata.find(key); given != source.metadata.end())
            metadata[key] = given->second;
    }
    return metadata;
}

/// Fails before anything is read or written. MSST's folder is created later.
void requireFreeOutputs(const ExportRequest& request, const std::vector<fs::path>& files) {
    const bool createsFolder = request.format == ExportFormat::Msst && !fs::is_directory(request.output);
    if (createsFolder)
        requireFree(request.output, false);
    for (const fs::path& file : files) {
        if (!createsFolder)
            requireFree(file, request.overwrite);
        if (!request.weights.empty())
            requireOtherFile(file, request.weights);
    }
}

void createFolder(const fs::path& folder) {
    std::error_code code;
    fs::create_directory(folder, code);
    if (code)
        throw systemError("cannot create the folder", folder, code.value());
}

} // namespace

ExportReport exportWeights(const ExportRequest& request) {
    const std::vector<fs::path> files = outputs(request);
    requireFreeOutputs(request, files);
    ExportReport report;
    Source source = readSource(request, report);
    MsstText msst;
    if (request.format == ExportFormat::Msst)
        msst = writeMsst(withBands(source.config));
    const TensorMap tensors = publishedTensors(std::move(source.parameters));
    report.tensors = static_cast<std::int64_t>(tensors.size());
    for (const auto& [name, tensor] : tensors)
        report.parameters += tensor.numel();
    switch (request.format) {
    case ExportFormat::Safetensors:
        writeSafetensors(files.front().string(), tensors, metadata(source), Checksum::Tensors);
        break;
    case ExportFormat::Pt:
        writeTorchArchive(files.front().string(), tensors, TorchLayout::StateDict);
        break;
    case ExportFormat::Lightning:
        writeTorchArchive(files.front().string(), tensors, TorchLayout::Lightning);
        break;
    case ExportFormat::Msst:
        createFolder(request.output);
        writeTorchArchive(files.front().string(), tensors, TorchLayout::StateDict);
        writeFileAtomically(files.back(), msst.yaml);
        report.unsupported = msst.unsupported;
        break;
    }
    for (const fs::path& file : files)
        report.files.push_back(file.string());
    return report;
}

} // namespace headroom
