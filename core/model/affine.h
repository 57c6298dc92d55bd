// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

namespace headroom {

/// Batched linear layers: x W' + b for every layer of the first dimension.
/// @param x [layers, ..., in]
/// @param weight [layers, out, in]
/// @param bias [layers, out]
/// @return [layers, ..., out]
at::Tensor affine(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias);

/// sum + x + x W + b, in the memory of `sum`.
/// @param sum [..., d], contiguous and not a view; must not be used afterwards
/// @param x [..., d]
/// @param weight [d, d]
/// @param bias [d]
at::Tensor addAffine(const at::Tensor& sum, const at::Tensor& x, const at::Tensor& weight,
                     const at::Tensor& bias);

} // namespace headroom
