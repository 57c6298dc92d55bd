// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

/// A CUDA kernel for the sum of the sides of a mixer, whose gated tokens g are normalized only here, after
/// out_proj: sum over sides of product / sqrt(mean(g^2) + gatedNormEps). The mean is over a token of D
/// numbers.
///
/// On Meta tensors nothing is computed; allocations and costs are those of CUDA.
namespace headroom {

/// A side's product of g and out_proj.
struct SideProduct {
    at::Tensor product; ///< bfloat16, [..., d], contiguous; d is a multiple of 8
    at::Tensor squares; ///< those of CudaScanOutput, float32, with `parts` numbers for each row
};

/// @param sides one or two
/// @param inner D
/// @return the product of the first side, overwritten by the sum
at::Tensor sumOfSides(const std::vector<SideProduct>& sides, std::int64_t inner);

} // namespace headroom
