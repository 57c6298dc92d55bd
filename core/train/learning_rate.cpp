// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/learning_rate.h"

#include <algorithm>
#include <cmath>

namespace headroom {

namespace {

/// The fraction of the run that remains before this step; 0 past its end.
double remainingShare(const TrainingConfig& config, const RunProgress& progress) {
    const auto left = static_cast<double>(remainingSteps(progress, config, 0));
    return left > 0 ? left / (left + static_cast<double>(progress.step)) : 0;
}

} // namespace

double LearningRate::value(const TrainingConfig& config, const RunProgress& progress) const {
    const double warmup =
        progress.update < config.warmupSteps ? (progress.update + 1.0) / config.warmupSteps : 1;
    const double decay = config.decayTo + (1 - config.decayTo) * remainingShare(config, progress);
    return config.learningRate * state_.factor * warmup * decay;
}

void LearningRate::addValidation(const TrainingConfig& config, std::optional<double> score) {
    if (score && std::isfinite(*score) && (!state_.bestScore || *score > *state_.bestScore)) {
        state_.bestScore = score;
        state_.validationsWaited = 0;
        return;
    }
    ++state_.validationsWaited;
    if (config.plateauPatience > 0 && state_.validationsWaited >= config.plateauPatience) {
        state_.factor *= config.plateauFactor;
        state_.validationsWaited = 0;
    }
}

} // namespace headroom
