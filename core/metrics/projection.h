#pragma once

#include "core/audio/audio_buffer.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

namespace headroom {

/// Channels of sounds, one after the other, each surrounded by zeros.
using Rows = std::vector<std::span<const float>>;

Rows rowsOf(const std::vector<const AudioBuffer*>& sounds);

/// Copies the frames [begin, end) of every row to out [rows, length]; the rest of each row is not touched.
void copyBlock(const Rows& rows, std::int64_t begin, std::int64_t end, double* out, std::int64_t length);

/// sum over n of a_i[n] * b_j[n - lag], for lag = 0 ... lags - 1: float64 [a, b, lags]. By Fourier transforms
/// of short blocks whose cross spectra are added up, so memory does not depend on the length.
at::Tensor correlate(const Rows& a, const Rows& b, std::int64_t frames, std::int64_t lags);

/// Least-squares filters: how each estimate is best made of delayed copies of the references.
/// @param references float64 [refs, refs, lags], correlate(references, references)
/// @param estimates  float64 [ests, refs, lags], correlate(estimates, references)
/// @return float64 [refs, ests, lags]: the filter from each reference to each estimate
at::Tensor projectionFilters(const at::Tensor& references, const at::Tensor& estimates);

} // namespace headroom
