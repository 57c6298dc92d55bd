// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/shown_metrics.h"

#include "core/values/metric.h"

#include <algorithm>

namespace headroom {
namespace {

/// SI-SDR is always computed, also if the configuration does not ask for it.
bool isShown(const MetricInfo& metric, const ValidationDone& done) {
    if (metric.metric == bestMetricOf(done))
        return true;
    return metric.metric != Metric::SiSdr && std::ranges::any_of(done.stems, [&](const auto& stem) {
               return (stem.second.*metric.score).has_value();
           });
}

} // namespace

std::vector<Metric> shownMetrics(const std::vector<RunHistory::Validation>& validations) {
    std::vector<Metric> shown;
    for (const MetricInfo& metric : allMetrics()) {
        const bool always = metric.metric == Metric::CSdr || metric.metric == Metric::USdr;
        if (always || std::ranges::any_of(validations, [&](const RunHistory::Validation& validation) {
                return isShown(metric, validation.done);
            }))
            shown.push_back(metric.metric);
    }
    return shown;
}

} // namespace headroom
