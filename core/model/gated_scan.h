// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/scan_side.h"
#include "core/model/sliced_function.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace headroom {

/// What computes the parts of a gated scan between its products: convolution, time steps, what positions of a
/// chunk add to each other, gate and norm.
enum class ScanParts { Operators, CudaKernels };

/// Whether there are CUDA kernels for these parts of mixers of this shape.
/// @param activations dtype of `projected`
bool hasPartKernels(const MixerShape& shape, at::ScalarType activations);

/// The sum over all sides of a gated scan times outProj. A gated scan is the part of a Mamba-2 mixer between
/// its two projections: causal convolution and silu, state-space scan, gate and norm; the gain of the norm is
/// part of outProj. Uses LibTorch's operators but for `parts`. Keeps only `projected`, outProj and the
/// parameters for the backward pass, which computes the rest again.
/// @param projected [rows, length, sides * (2 D + 2 N + H)]: z, x, B, C, dt of the first side, then of the
///     next. Each side may end in padding, whose gradient is then 0; the kernels need sides of a multiple of
///     16 bytes
/// @param outProj by side: [D, d']
/// @param use with GradientsOnly the result is not computed
/// @return [rows, length, d']
at::Tensor sumOfGatedScans(const at::Tensor& projected, const MixerShape& shape,
                           const std::vector<ScanSide>& sides, const std::vector<at::Tensor>& outProj,
                           ScanParts parts, Use use);

} // namespace headroom
