// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/train/checkpoint.h"
#include "core/train/checkpoint_store.h"

#include <string>

namespace headroom {

/// Adapts the state of a run whose training.best_metric was changed before it is resumed: scores by different
/// metrics cannot be compared. The best checkpoint becomes the one with the highest score by the new metric
/// among those that still exist and were scored by it; if there is none, the next validation becomes the best
/// so far. Returns a notice for the user. Throws Error if the folder cannot be read.
std::string changeBestMetric(const CheckpointStore& store, ResumeState& state, Metric before, Metric metric);

} // namespace headroom
