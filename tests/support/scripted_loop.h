#pragma once

#include "core/session/training_loop.h"

#include <chrono>
#include <vector>

namespace headroom {

/// A training loop that computes nothing: it says the events of a recorded run, and answers pause, stop, save
/// and knob changes as a real one does. For trying out whatever drives or watches a run.
class ScriptedLoop final : public TrainingLoop {
public:
    /// @param script events of a run; the last should be Finished, Stopped or Failed, and else Finished is
    ///               said after it. Paused and Resumed are left out: pausing is up to who runs this.
    /// @param pace   time from one StepDone to the next
    explicit ScriptedLoop(std::vector<TrainingEvent> script, std::chrono::nanoseconds pace = {});

    RunEnd run(const TrainingRequest& request, RunControl& control, const EventSink& sink) override;

private:
    std::vector<TrainingEvent> script_;
    std::chrono::nanoseconds pace_;
};

} // namespace headroom
