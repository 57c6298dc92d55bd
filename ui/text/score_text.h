// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/metric.h"

#include <QString>

namespace headroom::ui {

/// "cSDR".
QString metricText(Metric metric);

/// A score with the name and unit of its metric: "cSDR 10.25 dB"; empty if it is absent.
QString scoreText(const StemScore& scores, Metric metric);

/// The scores of all stems that have one, by the metric that chooses the best checkpoint: "vocals cSDR 10.25
/// dB, drums cSDR 8.00 dB".
QString scoresText(const ValidationDone& done);

} // namespace headroom::ui
