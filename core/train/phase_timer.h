#pragma once

#include "core/train/train_step.h"

#include <c10/core/Device.h>

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace headroom {

/// How long each phase of a step takes on its device: on CUDA work goes on long after its call has returned,
/// so marks are put into the stream of work and read when the step is over. One thread.
class PhaseTimer {
public:
    explicit PhaseTimer(c10::Device device);
    ~PhaseTimer();

    /// A phase begins, and the one before it ends.
    void begin(Phase phase);
    /// The last phase ends.
    void end();

    struct Seconds {
        double forward = 0;
        double backward = 0;
        double update = 0;
    };
    /// The phases since the last call. The device must have been waited for since end().
    Seconds take();

private:
    class Mark;
    struct Span {
        Phase phase;
        std::unique_ptr<Mark> begin;
    };

    c10::Device device_;
    std::vector<Span> spans_;
    std::unique_ptr<Mark> end_;
};

} // namespace headroom
