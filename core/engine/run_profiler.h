#pragma once

#include "core/session/training_session.h"
#include "core/values/events.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace headroom {

/// Watches the first steps of a run, and keeps what they took: in the run's folder, and for the forecasts to
/// come on this machine. A run that is over sooner, or whose knobs change meanwhile, tells nothing.
class RunProfiler {
public:
    explicit RunProfiler(const TrainingRequest& request) : config_(request.config) {}

    /// Each event of the run, in order. Does not throw: a run is worth more than what is learnt from it.
    void take(const TrainingEvent& event);

private:
    void takeStep(const StepDone& step);
    bool isEnough() const;
    void keep() const;

    RunConfig config_;
    std::string folder_;
    std::string device_;
    bool done_ = false;
    bool skips_ = true; ///< the next step: it makes what lasts, or its peak is that of something else
    std::vector<double> microBatches_; ///< seconds, forward and backward
    std::vector<double> updates_;      ///< seconds
    std::int64_t peak_ = 0;            ///< bytes allocated
    std::optional<MemoryUse> memory_;  ///< the last seen
};

} // namespace headroom
