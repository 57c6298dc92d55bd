// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/train/train_step.h"

#include <c10/core/Device.h>

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace headroom {

/// Measures the phases of a step on its device. CUDA work is asynchronous, so the timer records events in the
/// stream and reads them after the step. One thread.
class PhaseTimer {
public:
    explicit PhaseTimer(c10::Device device);
    ~PhaseTimer();

    /// Begins a phase and ends the previous one.
    void begin(Phase phase);
    /// Ends the last phase.
    void end();

    struct Seconds {
        double forward = 0;
        double backward = 0;
        double exchange = 0;
        double update = 0;
    };
    /// Total times since the last call. The device must be synchronized after end().
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
