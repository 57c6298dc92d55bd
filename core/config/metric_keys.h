// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <string>
#include <vector>

namespace headroom {

/// The names of all metrics in options, in the order of Metric; where MSST has the metric, its name there.
const std::vector<std::string>& metricKeys();

/// "csdr".
const std::string& metricKey(Metric metric);

/// The metrics with these names, in the order of Metric, each once.
/// @throws Error (Input, at `where`) for an unknown name
std::vector<Metric> metricsNamed(const std::vector<std::string>& keys, const std::string& where);

/// The metrics of a validation: the three SDRs, training.metrics and training.best_metric.
std::vector<Metric> validationMetrics(const TrainingConfig& training);

/// `metrics` with the three SDRs, which cost next to nothing and are always computed.
std::vector<Metric> withSdrs(std::vector<Metric> metrics);

} // namespace headroom
