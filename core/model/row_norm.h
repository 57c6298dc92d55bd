#pragma once

#include <ATen/core/Tensor.h>

namespace headroom {

/// Rows (last dimension) divided by their root mean square: x / sqrt(mean(x^2) + eps). No gain: that belongs
/// to the weights behind it. The statistic is at least float32; the result has the dtype of x.
at::Tensor rmsNormalized(const at::Tensor& x, double eps);

/// Rows of length n scaled to 2-norm sqrt(n): x / max(|x|, 1e-12) * sqrt(n). Otherwise as above.
at::Tensor unitNormalized(const at::Tensor& x);

} // namespace headroom
