// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/replay.h"
#include "core/values/forecast.h"

namespace headroom {

/// The most segments that an automatic batch has.
inline constexpr int largestAutomaticBatch = 16;

/// Peaks of separating a song with a model without training state, in batches of separation.batch_size
/// segments, or one at a time if that is automatic (0).
/// @param device the allocator, and its capacity
PhaseForecast separationMemory(const RunConfig& config, const Card& card, const ReplayDevice& device);

/// The most segments, 1 ... largestAutomaticBatch, that fit the card together with the model by forecast and
/// leave the margin of Verdict::Fits. 1 if not even one fits.
int largestSeparationBatch(const RunConfig& config, const Card& card);

} // namespace headroom
