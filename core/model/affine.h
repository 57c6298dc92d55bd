#pragma once

#include <ATen/core/Tensor.h>

namespace headroom {

/// x W' + b for as many layers as there are in the first dimension.
/// @param x [layers, ..., in]
/// @param weight [layers, out, in]
/// @param bias [layers, out]
/// @return [layers, ..., out]
at::Tensor affine(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias);

/// sum + x + x W + b, in the memory of `sum`.
/// @param sum [..., d], contiguous and no view; not looked at any more afterwards
/// @param x [..., d]
/// @param weight [d, d]
/// @param bias [d]
at::Tensor addAffine(const at::Tensor& sum, const at::Tensor& x, const at::Tensor& weight,
                     const at::Tensor& bias);

} // namespace headroom
