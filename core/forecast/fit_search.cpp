// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/fit_search.h"

#include "core/config/config_difference.h"
#include "core/config/rank_share.h"
#include "core/forecast/forecaster.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace headroom {
namespace {

/// What to compare the speed of configurations by: the time of an update, or its operations on a device of
/// unknown speed.
double updateEffort(const Forecast& forecast) {
    return forecast.time ? forecast.time->update.seconds : forecast.cost.total().allFlops();
}

/// From fast to small: keep activations of fewer layers, recompute more layers, then in more slices.
std::vector<RunConfig> recomputeLadder(const RunConfig& config) {
    std::vector<RunConfig> ladder = {config};
    RunConfig next = config;
    const int layers = config.model.numLayers;
    if (config.model.keptActivations != Kept::Input) {
        for (int part = 2; part >= 1; --part) {
            next.model.keptLayers = layers * part / 3;
            if (next.model.keptLayers > 0 && next.model.keptLayers < config.model.keptLayers)
                ladder.push_back(next);
        }
        next.model.keptActivations = Kept::Input;
        next.model.keptLayers = config.model.keptLayers;
        ladder.push_back(next);
    }
    const int recomputed =
        config.model.useGradientCheckpointing ? layers : std::min(config.model.recomputeLayers, layers);
    for (int part = 1; part <= 3; ++part) {
        const int more = (layers * part + 2) / 3;
        if (more <= recomputed)
            continue;
        next.model.recomputeLayers = more == layers ? config.model.recomputeLayers : more;
        next.model.useGradientCheckpointing = more == layers;
        ladder.push_back(next);
    }
    for (int slices = 16; slices <= 256; slices *= 2) {
        if (slices <= config.model.recomputeSlices)
            continue;
        next.model.recomputeSlices = slices;
        ladder.push_back(next);
    }
    return ladder;
}

/// The layers that could keep activations: those that do not recompute, from the last.
int layersThatCanKeep(const ModelConfig& model) {
    return model.useGradientCheckpointing ? 0 : std::max(0, model.numLayers - model.recomputeLayers);
}

/// Smaller batches with the same effective batch, largest first.
std::vector<RunConfig> smallerBatches(const RunConfig& config) {
    const int effective = config.training.batchSize * config.training.gradientAccumulationSteps;
    std::vector<RunConfig> batches;
    for (int size = config.training.batchSize - 1; size >= 1; --size) {
        if (effective % size != 0)
            continue;
        batches.push_back(config);
        batches.back().training.batchSize = size;
        batches.back().training.gradientAccumulationSteps = effective / size;
    }
    return batches;
}

/// Repeatedly halved, down to one second.
std::vector<RunConfig> shorterSegments(const RunConfig& config) {
    std::vector<RunConfig> segments;
    for (double seconds = config.audio.segmentLength / 2; seconds >= 1; seconds /= 2) {
        segments.push_back(config);
        segments.back().audio.segmentLength = seconds;
    }
    return segments;
}

/// Each with a quarter less width and a third fewer layers than the previous one, down to a width of 64 and
/// one layer.
std::vector<RunConfig> smallerModels(const RunConfig& config) {
    std::vector<RunConfig> models;
    RunConfig next = config;
    const auto narrower = [](int dim) { return dim * 3 / 4 / 64 * 64; };
    while (next.model.numLayers > 1 || narrower(next.model.hiddenDim) >= 64) {
        if (narrower(next.model.hiddenDim) >= 64)
            next.model.hiddenDim = narrower(next.model.hiddenDim);
        next.model.numLayers = std::max(1, next.model.numLayers * 2 / 3);
        models.push_back(next);
    }
    return models;
}

class Search {
public:
    Search(const ForecastRequest& request, const std::stop_token& stop,
           const AddMeasuredTime& addMeasuredTime)
        : request_(request), stop_(stop), addMeasuredTime_(addMeasuredTime) {
        request_.detail = ForecastDetail::Totals;
        base_ = timedForecast(request_);
    }

    std::optional<std::vector<Fit>> run() {
        RunConfig config = request_.config;
        // The largest change of each kind is kept while the next kind is tried.
        for (const auto& kind : {std::vector{config}, lowerPrecision(config)}) {
            if (tryAll(kind)) {
                addFaster();
                return result();
            }
            if (!kind.empty())
                config = kind.back();
        }
        for (const auto alternatives : {smallerBatches, shorterSegments, smallerModels}) {
            std::vector<RunConfig> kind = alternatives(config);
            std::erase_if(kind, [this](const RunConfig& each) {
                return !canShareSteps(each.training, request_.ranks);
            });
            if (tryAll(kind))
                return result();
            if (!kind.empty())
                config = kind.back();
        }
        return result();
    }

private:
    static std::vector<RunConfig> lowerPrecision(RunConfig config) {
        if (config.training.precision == Precision::Bf16)
            return {};
        config.training.precision = Precision::Bf16;
        return {config};
    }

    /// Tries each candidate with the least recompute that fits. Returns whether any fits.
    bool tryAll(const std::vector<RunConfig>& candidates) {
        constexpr std::size_t enough = 3;
        for (const RunConfig& candidate : candidates) {
            if (stop_.stop_requested() || fits_.size() >= enough)
                break;
            tryLadder(recomputeLadder(candidate));
        }
        return !fits_.empty();
    }

    void tryLadder(const std::vector<RunConfig>& ladder) {
        auto fitting = ladder.size();
        std::size_t below = 0;
        Forecast best;
        while (below < fitting && !stop_.stop_requested()) {
            const std::size_t middle = fitting == ladder.size() ? ladder.size() - 1 : (below + fitting) / 2;
            const Forecast found = forecastOf(ladder[middle]);
            if (found.verdict == Verdict::DoesNotFit) {
                if (middle == ladder.size() - 1)
                    return;
                below = middle + 1;
            } else {
                fitting = middle;
                best = found;
            }
        }
        if (fitting < ladder.size())
            fits_.push_back(fit(ladder[fitting], best));
    }

    /// If the configuration fits unchanged: the fastest that keeps more activations and fits well.
    void addFaster() {
        const bool canKeep =
            request_.config.model.kind == ModelKind::BsMamba2 && base_.cost.recompute.allFlops() > 0;
        if (!fits_.front().changes.empty() || base_.verdict != Verdict::Fits || !canKeep)
            return;
        constexpr double worthwhile = 0.98; // of the time
        std::optional<Fit> fastest;
        for (const Kept kept : {Kept::Projected, Kept::Convolved, Kept::Scanned}) {
            std::optional<Fit> found = mostKept(kept);
            if (found && found->relativeStepTime >= 1)
                return; // nothing is kept here: on the CPU, and where operators compute
            if (found && found->relativeStepTime < (fastest ? fastest->relativeStepTime : worthwhile))
                fastest = std::move(found);
        }
        if (fastest)
            fits_.push_back(std::move(*fastest));
    }

    /// As many layers as fit well, if any.
    std::optional<Fit> mostKept(Kept kept) {
        RunConfig config = request_.config;
        const int most = layersThatCanKeep(config.model);
        config.model.keptActivations = kept;
        std::optional<Fit> found;
        int fitting = 0;
        int above = most + 1;
        while (fitting + 1 < above && !stop_.stop_requested()) {
            const int layers = found || above <= most ? (fitting + above) / 2 : most;
            // The default means all layers, however many there are.
            config.model.keptLayers = layers == config.model.numLayers ? ModelConfig().keptLayers : layers;
            const Forecast made = forecastOf(config);
            if (made.verdict == Verdict::Fits) {
                fitting = layers;
                found = fit(config, made);
            } else {
                above = layers;
            }
        }
        return found;
    }

    Forecast forecastOf(const RunConfig& config) {
        if (config == request_.config)
            return base_;
        ForecastRequest request = request_;
        request.config = config;
        return timedForecast(request);
    }

    Forecast timedForecast(const ForecastRequest& request) const {
        Forecast found = forecast(request);
        if (addMeasuredTime_)
            addMeasuredTime_(found, request);
        return found;
    }

    Fit fit(const RunConfig& config, const Forecast& found) const {
        Fit result{.config = config,
                   .forecast = found,
                   .relativeStepTime = updateEffort(found) / updateEffort(base_)};
        for (const OptionDifference& difference : differences(request_.config, config))
            result.changes.push_back({difference.option->key, difference.before, difference.after});
        return result;
    }

    std::optional<std::vector<Fit>> result() {
        if (stop_.stop_requested())
            return std::nullopt;
        return std::move(fits_);
    }

    ForecastRequest request_;
    std::stop_token stop_;
    const AddMeasuredTime& addMeasuredTime_;
    Forecast base_;
    std::vector<Fit> fits_;
};

} // namespace

std::optional<std::vector<Fit>> searchFits(const ForecastRequest& request, const std::stop_token& stop,
                                           const AddMeasuredTime& addMeasuredTime) {
    return Search(request, stop, addMeasuredTime).run();
}

} // namespace headroom
