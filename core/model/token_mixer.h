// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/gated_scan.h"
#include "core/model/sliced_function.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace headroom {

/// Mamba-2 mixers with a common input: the sum over all sides of gatedScan(x inProj') outProj. On the CPU it
/// uses our kernels, which keep only x and the weights for the backward pass; on other devices LibTorch's
/// operators. ScanFormGuard can change that.
/// @param x [rows, length, d]
/// @param inProj [sides * (2 D + 2 N + H), d]: z, x, B, C, dt of the first side, then of the next
/// @param outProj by side: [D, d']
/// @param use with GradientsOnly the kernels do not compute values; operators do, because their backward pass
///     needs activations
/// @return [rows, length, d']
at::Tensor mixTokens(const at::Tensor& x, const MixerShape& shape, const at::Tensor& inProj,
                     const std::vector<at::Tensor>& outProj, const std::vector<ScanSide>& sides,
                     Use use = Use::Values);

} // namespace headroom
