// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <string>

/// How long training steps take, as plain values.
namespace headroom {

/// A duration that is known only as an interval, in seconds.
struct TimeRange {
    double low = 0;
    double seconds = 0; ///< the expected value; the middle of the interval if nothing was measured
    double high = 0;

    friend TimeRange operator*(const TimeRange& range, double factor) {
        return {factor * range.low, factor * range.seconds, factor * range.high};
    }
    bool operator==(const TimeRange&) const = default;
};

/// Where a time comes from.
enum class TimeSource {
    Published, ///< derived from the rates that the card's vendor publishes
    Measured,  ///< on this device, by a calibration or a run
};

/// "published" or "measured".
const char* timeSourceName(TimeSource source);

/// The time of training steps: without validation, checkpoints and waiting for data.
struct StepTime {
    TimeSource source = TimeSource::Published;
    TimeRange step = {}; ///< one micro-batch, with its share of the update
    TimeRange update = {};
    TimeRange epoch = {};
    TimeRange run = {}; ///< all epochs

    bool operator==(const StepTime&) const = default;
};

/// Derives the other times from that of an update.
StepTime stepTime(const TimeRange& update, TimeSource source, const TrainingConfig& training);

/// A range in the largest unit that its lower end reaches, with two digits: 14 and 25 "min".
struct ScaledTime {
    enum class Unit { Milliseconds, Seconds, Minutes, Hours, Days };
    Unit unit = Unit::Seconds;
    std::string low = {};
    std::string high = {}; ///< equal to `low` if they do not differ in two digits
};

ScaledTime scaledTime(double low, double high);

} // namespace headroom
