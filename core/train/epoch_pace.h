// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/monitor/device_watch.h"
#include "core/train/data_wait.h"
#include "core/values/step_time.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace headroom {

/// Compares the time of each epoch with that of the fastest one so far and with the forecast, and names what
/// slowed it down: waiting for data, another program, heat, power, or a lack of memory. One thread.
class EpochPace {
public:
    /// Returns the time of steps whose segments have the full length; absent: unknown.
    using Forecast = std::function<std::optional<StepTime>()>;

    /// @param forecast called at the end of an epoch, at most once until forgetEarlier(); may be empty
    explicit EpochPace(Forecast forecast = {}) : forecast_(std::move(forecast)) {}

    /// Adds a step.
    /// @param segments of all ranks; a shorter one counts as a part of one
    /// @param waited   seconds until its batch was there
    /// @param whole    seconds since the end of the previous step
    void add(double segments, double waited, double whole);

    /// The device ran out of memory, and computes batches in parts of this many examples.
    void addShortage(int microBatch) { microBatch_ = microBatch; }

    /// At the end of an epoch: its one cause if it was slow, as a sentence. Nothing for epochs under 30 s.
    /// Without an earlier epoch and a forecast, only what has certainly slowed it down. Reports the same
    /// cause of consecutive epochs once. Begins the next epoch.
    std::optional<std::string> finishEpoch(int epoch, const TrainingConfig& training, const DeviceLoad& load);

    /// An option has changed that the speed may depend on: earlier epochs no longer compare.
    void forgetEarlier();

private:
    struct Epoch {
        int number = 0;
        double secondsPerSegment = 0; ///< without waiting for data
        DeviceLoad load = {};
    };
    /// What an epoch is slower than.
    struct Faster {
        double secondsPerSegment;
        std::string name;
        DeviceLoad load; ///< as it was then; of a forecast: nothing
        bool isPublished = false;
    };

    std::optional<Faster> fasterThan(const Epoch& epoch, const TrainingConfig& training);
    std::string causeOf(const DeviceLoad& load, const Faster& faster) const;

    Forecast forecast_;
    std::optional<std::optional<StepTime>> expected_; ///< absent: not asked for yet
    DataWait dataWait_;
    double segments_ = 0;
    double seconds_ = 0; ///< of its steps
    double waited_ = 0;
    int microBatch_ = 0; ///< 0: there was no shortage in this epoch
    std::optional<Epoch> fastest_;
    std::string lastCause_;
};

} // namespace headroom
