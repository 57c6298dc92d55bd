#include "core/train/learning_rate.h"

#include <algorithm>
#include <cmath>

namespace headroom {

double LearningRate::value(const TrainingConfig& config, std::int64_t update) const {
    const double rate = config.learningRate * state_.factor;
    if (update >= config.warmupSteps)
        return rate;
    return rate * static_cast<double>(update) / config.warmupSteps;
}

void LearningRate::validated(const TrainingConfig& config, std::optional<double> score) {
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
