// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/replay.h"
#include "core/forecast/step_recording.h"
#include "core/forecast/step_timeline.h"
#include "core/values/forecast.h"

#include <vector>

namespace headroom {

/// Forecasts the memory of training: runs the program's own phases on a SimulatedDevice and replays the
/// recorded allocations on a model of PyTorch's caching allocator. The time of a step follows from the rates
/// that the card's vendor publishes; it is absent without them. Any thread, also concurrently.
/// @throws Error (Input) if the request is invalid
Forecast forecast(const ForecastRequest& request);

/// The same in two parts, for a first answer after half of the time. One thread at a time.
class StagedForecast {
public:
    /// @throws Error (Input) if the request is invalid
    explicit StagedForecast(const ForecastRequest& request);

    /// The forecast of the steps alone.
    const Forecast& step() const { return result_; }

    /// Adds all other phases. Call once.
    Forecast run();

private:
    void playValidation();
    void add(const Recording& recording, const Replay& played);
    void updateVerdict();
    bool completesWith(std::int64_t capacity) const;

    ForecastRequest request_;
    ReplayDevice device_; ///< unlimited
    std::vector<Recording> recordings_;
    std::vector<Replay> replays_; ///< of each recording
    StepTimeline::Step firstStep_;
    StepTimeline::Step nextStep_;
    Forecast result_;
};

} // namespace headroom
