// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/monitor/device_watch.h"
#include "core/train/data_wait.h"

#include <cstdint>
#include <optional>
#include <string>

namespace headroom {

/// Compares the time of each epoch with that of the fastest one so far, and says what slowed it down: waiting
/// for data, another program, heat, power, or a lack of memory. One thread.
class EpochPace {
public:
    /// Adds a step.
    /// @param examples of all ranks
    /// @param waited   seconds until its batch was there
    /// @param whole    seconds since the end of the previous step
    void add(int examples, double waited, double whole);

    /// The device ran out of memory, and computes batches in parts of this many examples.
    void addShortage(int microBatch) { microBatch_ = microBatch; }

    /// At the end of an epoch: its one cause if it was slow, as a sentence. Nothing for epochs under 30 s.
    /// Without an earlier epoch, only what has certainly slowed it down. Says the same cause of consecutive
    /// epochs once. Begins the next epoch.
    std::optional<std::string> finishEpoch(int epoch, const TrainingConfig& training, const DeviceLoad& load);

    /// An option has changed that the speed may depend on: earlier epochs no longer compare.
    void forgetEarlier() { fastest_.reset(); }

private:
    struct Epoch {
        int number = 0;
        double secondsPerExample = 0; ///< without waiting for data
        DeviceLoad load = {};
    };

    std::string causeOf(const Epoch& epoch) const;

    DataWait dataWait_;
    std::int64_t examples_ = 0;
    double seconds_ = 0; ///< of its steps
    double waited_ = 0;
    int microBatch_ = 0; ///< 0: there was no shortage in this epoch
    std::optional<Epoch> fastest_;
    std::string lastCause_;
};

} // namespace headroom
