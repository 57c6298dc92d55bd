// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/open_model.h"

#include "core/engine/engine_error.h"
#include "core/engine/run_weights.h"
#include "core/forecast/separation_memory.h"
#include "core/interop/open_config.h"
#include "core/model/compute_device.h"
#include "core/model/cuda_mixer.h"
#include "core/monitor/available_card.h"
#include "core/separate/load_model.h"
#include "core/separate/separate_segment.h"
#include "core/separate/test_time_augmentation.h"
#include "core/session/failure.h"
#include "core/support/error.h"
#include "core/support/log.h"

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

void takeOptions(const ModelSource& source, SeparationConfig& separation) {
    separation.overlap = source.overlap.value_or(separation.overlap);
    separation.chunkSeconds = source.chunkSeconds.value_or(separation.chunkSeconds);
    separation.batchSize = source.batchSize.value_or(separation.batchSize);
    separation.testTimeAugmentation = source.testTimeAugmentation.value_or(separation.testTimeAugmentation);
}

/// Segments that are separated together. On the CPU one: several take at most a tenth less time
/// (bench_separate), and more memory.
int batchSizeOn(c10::Device device, const RunConfig& config) {
    if (config.separation.batchSize > 0)
        return config.separation.batchSize;
    if (device.is_cpu())
        return 1;
    const int batch = largestSeparationBatch(config, availableCard(device));
    log(LogCategory::Cards, LogLevel::Info, fmt::format("separating up to {} segments together", batch));
    return batch;
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
    takeOptions(source, loaded.config.separation);
    open.segmentModel = makeSegmentModel(loaded.config);
    open.segmentModel.batchSize = batchSizeOn(device, loaded.config);
    loaded.model->setLayerObserver([stop] {
        if (stop.stop_requested())
            throw SeparationStopped();
    });
    open.loaded = std::make_shared<const LoadedModel>(std::move(loaded));
    open.segmentModel.separate = [model = open.loaded->model.get()](std::span<const AudioBuffer> segments) {
        return separateSegments(*model, segments);
    };
    if (open.loaded->config.separation.testTimeAugmentation)
        open.segmentModel.separate = augmented(open.segmentModel.separate);
    return open;
}

} // namespace headroom
