// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/metric_keys.h"

#include "core/support/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace headroom {
namespace {

void sortOnce(std::vector<Metric>& metrics) {
    std::ranges::sort(metrics);
    metrics.erase(std::unique(metrics.begin(), metrics.end()), metrics.end());
}

} // namespace

const std::vector<std::string>& metricKeys() {
    static const std::vector<std::string> keys = {"csdr",    "usdr",      "si_sdr",  "log_wmse",
                                                  "l1_freq", "bleedless", "fullness"};
    return keys;
}

const std::string& metricKey(Metric metric) {
    return metricKeys().at(static_cast<std::size_t>(metric));
}

std::vector<Metric> metricsNamed(const std::vector<std::string>& keys, const std::string& where) {
    std::vector<Metric> metrics;
    for (const std::string& key : keys) {
        const auto found = std::ranges::find(metricKeys(), key);
        if (found == metricKeys().end())
            throw Error(ErrorKind::Input, fmt::format("there is no metric '{}'", key), where,
                        fmt::format("Use {}.", fmt::join(metricKeys(), ", ")));
        metrics.push_back(static_cast<Metric>(found - metricKeys().begin()));
    }
    sortOnce(metrics);
    return metrics;
}

std::vector<Metric> validationMetrics(const TrainingConfig& training) {
    std::vector<Metric> metrics = metricsNamed(training.metrics, "training.metrics");
    metrics.push_back(training.bestMetric);
    return withSdrs(std::move(metrics));
}

std::vector<Metric> withSdrs(std::vector<Metric> metrics) {
    metrics.insert(metrics.end(), {Metric::CSdr, Metric::USdr, Metric::SiSdr});
    sortOnce(metrics);
    return metrics;
}

} // namespace headroom
