// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/view/run_history.h"

#include <vector>

namespace headroom {

/// The metrics of a run that are worth a curve or a column, in the order of Metric: cSDR and uSDR, the one
/// that chooses the best checkpoint, and those that training.metrics asks for.
std::vector<Metric> shownMetrics(const std::vector<RunHistory::Validation>& validations);

} // namespace headroom
