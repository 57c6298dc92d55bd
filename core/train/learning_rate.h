#pragma once

#include "core/config/run_config.h"
#include "core/train/run_progress.h"

#include <optional>

namespace headroom {

/// The learning rate of every update: rises linearly over the first warmupSteps updates; is multiplied by
/// plateauFactor after every plateauPatience validations in a row without a better score; and falls with each
/// step, evenly, so that at the end of numEpochs the share decayTo of it is left. One thread.
class LearningRate {
public:
    /// What a checkpoint must keep.
    struct State {
        double factor = 1; ///< of all the falls so far
        std::optional<double> bestScore;
        int validationsWaited = 0; ///< since the best score or the last fall

        bool operator==(const State&) const = default;
    };

    /// @param progress before the update, its steps not counted yet
    double value(const TrainingConfig& config, const RunProgress& progress) const;

    /// Takes the score of a validation, higher is better; none where it is undefined, which is no better.
    void validated(const TrainingConfig& config, std::optional<double> score);

    const State& state() const { return state_; }
    void restore(const State& state) { state_ = state; }

private:
    State state_;
};

} // namespace headroom
