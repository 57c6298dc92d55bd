// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

namespace headroom {

/// Channels of several signals. Samples outside a row count as zeros.
using Rows = std::vector<std::span<const float>>;

/// All channels of all signals, in order.
Rows rowsOf(const std::vector<const AudioBuffer*>& signals);

/// Copies the frames [begin, end) of every row to the start of the rows of out [rows, length]. Leaves the
/// rest of `out` unchanged.
void copyBlock(const Rows& rows, std::int64_t begin, std::int64_t end, double* out, std::int64_t length);

/// Cross-correlation: sum over n of a_i[n] * b_j[n - lag], for lag = 0 ... lags - 1. Sums the cross spectra
/// of short blocks, so memory does not depend on `frames`.
/// @return float64 [a, b, lags]
at::Tensor correlate(const Rows& a, const Rows& b, std::int64_t frames, std::int64_t lags);

/// Least-squares FIR filters that approximate each estimate by a sum of filtered rows of the ground truth.
/// @param truths    float64 [truths, truths, lags], correlate(truths, truths)
/// @param estimates float64 [estimates, truths, lags], correlate(estimates, truths)
/// @return float64 [truths, estimates, lags]: the filter from each row of the ground truth to each estimate
at::Tensor projectionFilters(const at::Tensor& truths, const at::Tensor& estimates);

} // namespace headroom
