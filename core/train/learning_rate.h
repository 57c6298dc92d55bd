#pragma once

#include "core/config/run_config.h"

#include <cstdint>
#include <optional>

namespace headroom {

/// The learning rate of every update: rises linearly over the first warmupSteps updates, then stays, and is
/// multiplied by plateauFactor after every plateauPatience validations in a row without a better score.
/// One thread.
class LearningRate {
public:
    /// What a checkpoint must keep.
    struct State {
        double factor = 1; ///< of all the falls so far
        std::optional<double> bestScore;
        int validationsWaited = 0; ///< since the best score or the last fall

        bool operator==(const State&) const = default;
    };

    /// @param update number of the update in the run, 1 is the first
    double value(const TrainingConfig& config, std::int64_t update) const;

    /// Takes the score of a validation, higher is better; none where it is undefined, which is no better.
    void validated(const TrainingConfig& config, std::optional<double> score);

    const State& state() const { return state_; }
    void restore(const State& state) { state_ = state; }

private:
    State state_;
};

} // namespace headroom
