// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/training_session.h"
#include "core/values/events.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace headroom {

/// Profiles the first steps of a run and stores the result in the run folder and in the machine record, which
/// later forecasts use. Stores nothing if the run ends earlier, runs out of memory, has an option changed, or
/// has segments of different lengths.
class RunProfiler {
public:
    explicit RunProfiler(const TrainingRequest& request)
        : config_(request.config), done_(request.config.audio.segmentShortening > 0) {}

    /// Takes each event of the run, in order. Does not throw, so that it cannot end the run.
    void take(const TrainingEvent& event);

private:
    void takeStep(const StepDone& step);
    bool hasEnough() const;
    void store() const;

    RunConfig config_;
    std::string folder_;
    std::string device_;
    bool done_;
    bool skipNext_ =
        true; ///< skip the first step, which allocates permanent state, and those after validations
    std::vector<double> stepSeconds_; ///< forward and backward
    std::vector<double> updates_;     ///< seconds
    std::int64_t peak_ = 0;           ///< bytes allocated
    std::optional<MemoryUse> memory_; ///< latest
};

} // namespace headroom
