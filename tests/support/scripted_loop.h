// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/training_loop.h"

#include <chrono>
#include <vector>

namespace headroom::test {

/// A training loop that computes nothing. It emits the events of a script and handles pause, stop, save and
/// changed options as the real loop does.
class ScriptedLoop final : public TrainingLoop {
public:
    /// @param script events of a run. The run ends at Finished, Stopped or Failed, or after the last event,
    /// as
    ///               if it were followed by Finished. Paused and Resumed are not emitted: they depend on
    ///               RunControl.
    /// @param pace   time between two StepDone events
    explicit ScriptedLoop(std::vector<TrainingEvent> script, std::chrono::nanoseconds pace = {});

    RunEnd run(const TrainingRequest& request, RunControl& control, const EventSink& sink) override;

private:
    std::vector<TrainingEvent> script_;
    std::chrono::nanoseconds pace_;
};

} // namespace headroom::test
