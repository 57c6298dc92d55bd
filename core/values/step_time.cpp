// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/step_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace headroom {
namespace {

/// The seconds of each ScaledTime::Unit.
constexpr std::array unitSeconds = {1e-3, 1.0, 60.0, 3600.0, 86400.0};

/// "1.4", "14", "140": two digits, or all digits before the point if there are more.
std::string digits(double value) {
    constexpr double twoDigits = 9.95;
    if (value >= twoDigits)
        return fmt::format("{:.0f}", value);
    std::string text = fmt::format("{:.1f}", value);
    if (text.ends_with(".0"))
        text.resize(text.size() - 2);
    return text;
}

} // namespace

const char* timeSourceName(TimeSource source) {
    return source == TimeSource::Published ? "published" : "measured";
}

StepTime stepTime(const TimeRange& update, TimeSource source, const TrainingConfig& training) {
    StepTime time{.source = source, .update = update};
    time.step = update * (1.0 / std::min(training.gradientAccumulationSteps, training.stepsPerEpoch));
    time.epoch = time.step * training.stepsPerEpoch;
    time.run = time.epoch * training.numEpochs;
    return time;
}

ScaledTime scaledTime(double low, double high) {
    std::size_t unit = unitSeconds.size() - 1;
    while (unit > 0 && low < unitSeconds[unit])
        --unit;
    return {.unit = static_cast<ScaledTime::Unit>(unit),
            .low = digits(low / unitSeconds[unit]),
            .high = digits(high / unitSeconds[unit])};
}

} // namespace headroom
