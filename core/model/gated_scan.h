// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/scan_side.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace headroom {

/// What computes the parts of gatedScan() between the products of the scan: convolution, time steps, what
/// positions of a chunk add to each other, gate and norm.
enum class ScanParts { Operators, CudaKernels };

/// Whether there are CUDA kernels for these parts of mixers of this shape.
/// @param activations dtype of `projected`
bool hasPartKernels(const MixerShape& shape, at::ScalarType activations);

/// The part of a Mamba-2 mixer between its two projections: causal convolution and silu, state-space scan,
/// gate and norm. The gain of the norm is part of the following projection. The rest of the scan uses
/// LibTorch's operators. Keeps only `projected` and the parameters for the backward pass.
/// @param projected [rows, length, sides * (2 D + 2 N + H)]: z, x, B, C, dt of the first side, then of the
///     next. Each side may end in padding, whose gradient is then 0; the kernels need sides of a multiple of
///     16 bytes
/// @return for each side [rows, length, D]
std::vector<at::Tensor> gatedScan(const at::Tensor& projected, const MixerShape& shape,
                                  const std::vector<ScanSide>& sides, ScanParts parts);

} // namespace headroom
