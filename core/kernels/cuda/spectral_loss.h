// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

/// CUDA kernels for the part of the loss between its Fourier transforms, in float32. Deterministic to the
/// bit. On Meta tensors nothing is computed; allocations and costs are those of CUDA.
namespace headroom {

/// The sum of the moduli |X| of a one-sided spectrum. Replaces it by X weight / |X|, with inner bins halved:
/// the unscaled inverse transform then gives the gradient of weight * sum with respect to the
/// frames.
/// @param spectrum complex64, [..., bins], contiguous
/// @param nFft samples of a frame
/// @param weight 0: does not change the spectrum
/// @return 0-dim
at::Tensor sumModuli(const at::Tensor& spectrum, std::int64_t nFft, double weight);

/// Adds windowed frames to signals, at a distance of `hop` samples.
/// @param frames [rows, count, width], dense in its last dimension
/// @param window [width]
/// @param sums [rows, hop * (count - 1) + width], dense in its last dimension
void addFrames(const at::Tensor& frames, const at::Tensor& window, std::int64_t hop, const at::Tensor& sums);

} // namespace headroom
