#pragma once

#include <ATen/core/Tensor.h>

namespace headroom {

/// A column of ones, [rows, 1] like x: its product with a row b is b in every row, and the gradient of that
/// product by b is a product too. A broadcast b would have a sum for its gradient, whose scratch memory on a
/// GPU depends on the GPU and can be more than all that the layer holds.
at::Tensor onesColumn(const at::Tensor& x);

/// x W' + b for as many layers as there are in the first dimension.
/// @param x [layers, rows, in]
/// @param weight [layers, out, in]
/// @param bias [layers, out]
/// @return [layers, rows, out]
at::Tensor affine(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias);

} // namespace headroom
