// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/values/events.h"

#include <array>
#include <map>
#include <optional>
#include <string>

namespace headroom {

/// A metric, for everything that shows or stores scores.
struct MetricInfo {
    Metric metric;
    const char* name; ///< in tables, JSON and journals: "cSDR"
    const char* unit; ///< "dB", or empty
    std::optional<double> StemScore::*score;
    const char* definition; ///< with the unit and how songs are combined; without a period at the end
};

inline constexpr std::size_t metricCount = 7;

/// All metrics, in the order of Metric.
const std::array<MetricInfo, metricCount>& allMetrics();

const MetricInfo& metricInfo(Metric metric);

/// The metric by which a validation was compared with others.
Metric bestMetricOf(const ValidationDone& done);

/// The mean over the stems that have a score by this metric; absent if none has.
std::optional<double> meanOverStems(const std::map<std::string, StemScore>& stems, Metric metric);

} // namespace headroom
