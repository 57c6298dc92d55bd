// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/cards/card_rates.h"
#include "core/values/step_cost.h"
#include "core/values/step_time.h"

namespace headroom {

/// Assumptions of the upper end of a published time. None is measured; resources/docs/forecast.md has the
/// reasons.
namespace assumed {
inline constexpr double shareOfBandwidth = 0.6; ///< reached by kernels that read with strides
inline constexpr double shareOfRate = 0.4;      ///< reached by the matrix products of a training step
inline constexpr double shareOfLaptop = 0.5;    ///< slowest laptops, relative to the fastest
inline constexpr double secondsPerCall = 5e-6;  ///< dispatching an operator and starting its kernels
} // namespace assumed

/// The time that a cost takes on a card with these rates.
///
/// Lower end: the larger of moving all bytes at the full bandwidth and computing all products at the full
/// rate. Upper end: both, and all calls, one after the other, at the assumed shares. `seconds` is the middle.
/// @param cost of a card: without elements of scans, which only the CPU's kernels count
TimeRange publishedTime(const Cost& cost, const CardRates& rates);

} // namespace headroom
