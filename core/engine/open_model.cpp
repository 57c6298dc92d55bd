// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/open_model.h"

#include "core/engine/engine_error.h"
#include "core/engine/run_weights.h"
#include "core/interop/open_config.h"
#include "core/model/compute_device.h"
#include "core/model/cuda_mixer.h"
#include "core/separate/load_model.h"
#include "core/separate/separate_segment.h"
#include "core/session/failure.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <utility>

namespace headroom {
namespace {

namespace fs = std::filesystem;

std::vector<RunWeights> candidates(const ModelSource& source) {
    if (source.weights.empty() == source.run.empty())
        throw Error(ErrorKind::Input, "either weights or a run must be given", {},
                    "Use --weights FILE or --run DIR.");
    return source.run.empty() ? std::vector<RunWeights>{{source.weights, source.weights}}
                              : weightsOfRun(source.run, source.step);
}

/// Replaces the remedy of separation: shorter segments do not help if the weights do not fit.
LoadedModel load(const fs::path& weights, const std::optional<RunConfig>& config, c10::Device device) {
    try {
        return loadModel(weights, config, device);
    } catch (const std::exception& error) {
        if (!meansOutOfMemory(error))
            throw;
        throw OutOfMemoryError("not enough memory for the weights: " + plainMessage(error), weights.string(),
                               device.is_cpu() ? moreMemoryRemedy : "Use --device cpu.");
    }
}

} // namespace

OpenModel openModel(const ModelSource& source, const std::stop_token& stop) {
    const auto [device, deviceNotice] = computeDevice(source.device);
    OpenModel open;
    std::optional<RunConfig> config;
    if (!source.config.empty()) {
        const OpenedConfig opened = openConfig(source.config);
        config = opened.config;
        if (opened.conversion)
            open.notices.push_back(opened.notice(source.config));
    }
    open.device = deviceName(device);
    if (!deviceNotice.empty())
        open.notices.push_back(deviceNotice);
    const std::vector<RunWeights> all = candidates(source);
    LoadedModel loaded;
    for (std::size_t i = 0; !loaded.model; ++i) {
        try {
            loaded = load(all[i].file, config, device);
            open.file = all[i].file;
            open.name = all[i].name;
        } catch (const Error& error) {
            // Fall back only if the file is damaged, not if the disk cannot be read.
            if (i + 1 == all.size() || error.kind() != ErrorKind::Input)
                throw;
            open.notices.push_back(fmt::format("skipped: {}", error.message()));
        }
    }
    open.notices.insert(open.notices.end(), loaded.notices.begin(), loaded.notices.end());
    if (loaded.config.training.precision == Precision::Bf16) {
        if (const std::string reason = whyOperators(loaded.config, device); !reason.empty())
            open.notices.push_back("using LibTorch's operators, which move more memory than our kernels: " +
                                   reason);
    }
    SeparationConfig& separation = loaded.config.separation;
    separation.overlap = source.overlap.value_or(separation.overlap);
    separation.chunkSeconds = source.chunkSeconds.value_or(separation.chunkSeconds);
    open.segmentModel = makeSegmentModel(loaded.config);
    loaded.model->setLayerObserver([stop] {
        if (stop.stop_requested())
            throw SeparationStopped();
    });
    open.loaded = std::make_shared<const LoadedModel>(std::move(loaded));
    open.segmentModel.separate = [model = open.loaded->model.get()](const AudioBuffer& segment) {
        return separateSegment(*model, segment);
    };
    return open;
}

} // namespace headroom
