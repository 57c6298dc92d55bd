// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

namespace headroom {

/// Divides rows (last dimension) by their root mean square: x / sqrt(mean(x^2) + eps). The gain is folded
/// into the following weights. Statistics are computed in float32 or better; the result has the dtype of x.
at::Tensor rmsNormalized(const at::Tensor& x, double eps);

/// Scales rows of length n to 2-norm sqrt(n): x / max(|x|, 1e-12) * sqrt(n). Dtypes as in rmsNormalized().
at::Tensor unitNormalized(const at::Tensor& x);

} // namespace headroom
