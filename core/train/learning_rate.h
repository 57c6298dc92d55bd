// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/train/run_progress.h"

#include <optional>

namespace headroom {

/// The learning rate schedule: linear warmup over the first warmupSteps updates; a factor of plateauFactor
/// after every plateauPatience validations in a row without a better score; and linear decay with each step
/// to the fraction decayTo at the end of numEpochs. One thread.
class LearningRate {
public:
    /// State for the checkpoint.
    struct State {
        double factor = 1; ///< product of all plateau factors so far
        std::optional<double> bestScore;
        int validationsWaited = 0; ///< validations since the best score or the last reduction

        bool operator==(const State&) const = default;
    };

    /// The learning rate of an update.
    /// @param progress before the update, without its last step
    double value(const TrainingConfig& config, const RunProgress& progress) const;

    /// Adds the score of a validation; higher is better. An undefined score counts as not better.
    void addValidation(const TrainingConfig& config, std::optional<double> score);

    const State& state() const { return state_; }
    void restore(const State& state) { state_ = state; }

private:
    State state_;
};

} // namespace headroom
