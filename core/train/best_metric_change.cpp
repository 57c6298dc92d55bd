// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/best_metric_change.h"

#include "core/config/metric_keys.h"
#include "core/support/error.h"
#include "core/values/metric.h"
#include "core/weights/safetensors.h"

#include <fmt/format.h>

namespace headroom {
namespace {

std::optional<BestValidation> bestBy(const CheckpointStore& store, Metric metric) {
    std::optional<BestValidation> best;
    for (const std::int64_t step : store.steps()) {
        try {
            const auto metadata = readSafetensorsMetadata((store.path(step) / weightsFileName).string());
            const auto score = meanOverStems(storedScores(metadata), metric);
            if (score && (!best || *score >= best->score)) // of equal ones the earliest, as in a run
                best = BestValidation{step, *score};
        } catch (const Error&) { // NOLINT(bugprone-empty-catch): a damaged one is not the best
        }
    }
    return best;
}

} // namespace

std::string changeBestMetric(const CheckpointStore& store, ResumeState& state, Metric before, Metric metric) {
    state.best = bestBy(store, metric);
    state.learningRate.bestScore.reset();
    state.learningRate.validationsWaited = 0;
    std::string text =
        fmt::format("training.best_metric is now {} instead of {}", metricKey(metric), metricKey(before));
    if (!state.best)
        return text + ". No checkpoint has a score by it, so the next validation is the best so far";
    state.learningRate.bestScore = state.best->score;
    return text + fmt::format(". The best checkpoint by it is that of step {}, {} {:.2f}", state.best->step,
                              metricInfo(metric).name, state.best->score);
}

} // namespace headroom
