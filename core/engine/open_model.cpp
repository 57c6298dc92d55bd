// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/open_model.h"

#include "core/config/config_file.h"
#include "core/engine/engine_error.h"
#include "core/model/compute_device.h"
#include "core/separate/load_model.h"
#include "core/separate/separate_segment.h"
#include "core/session/failure.h"
#include "core/support/error.h"
#include "core/train/checkpoint.h"
#include "core/train/checkpoint_store.h"

#include <fmt/format.h>

#include <utility>

namespace headroom {
namespace {

namespace fs = std::filesystem;

/// Weights to try, and their description.
struct Candidate {
    fs::path file;
    std::string name;
};

std::vector<Candidate> weightsOfRun(const fs::path& run, std::optional<std::int64_t> requested) {
    if (!fs::is_directory(run))
        throw Error(ErrorKind::Input, "there is no such run folder", run.string());
    const CheckpointStore store(run / "checkpoints");
    const auto candidate = [&store](std::int64_t step, const char* which) {
        return Candidate{store.path(step) / weightsFileName,
                         fmt::format("the checkpoint of step {}, {}", step, which)};
    };
    if (requested) {
        if (!store.contains(*requested))
            throw Error(ErrorKind::Input,
                        fmt::format("the run no longer has a checkpoint of step {}", *requested),
                        run.string(), "Choose another checkpoint of the run.");
        return {candidate(*requested, "as requested")};
    }
    const std::optional<std::int64_t> best = store.best();
    std::vector<Candidate> candidates;
    if (best)
        candidates.push_back(candidate(*best, "with the best validation"));
    const std::vector<std::int64_t> steps = store.steps();
    for (const std::int64_t step : steps) {
        if (step != best)
            candidates.push_back(candidate(step, step == steps.front() ? "the newest" : "an older one"));
    }
    if (candidates.empty())
        throw Error(ErrorKind::Input, "the run has no checkpoint yet", run.string());
    return candidates;
}

std::vector<Candidate> candidates(const ModelSource& source) {
    if (source.weights.empty() == source.run.empty())
        throw Error(ErrorKind::Input, "either weights or a run must be given", {},
                    "Use --weights FILE or --run DIR.");
    return source.run.empty() ? std::vector<Candidate>{{source.weights, source.weights}}
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
    std::optional<RunConfig> config;
    if (!source.config.empty())
        config = loadConfig(source.config);

    OpenModel open;
    open.device = deviceName(device);
    if (!deviceNotice.empty())
        open.notices.push_back(deviceNotice);
    const std::vector<Candidate> all = candidates(source);
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
