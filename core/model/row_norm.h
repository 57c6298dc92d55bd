// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/scan_form.h"

#include <ATen/core/Tensor.h>

namespace headroom {

/// Divides rows (last dimension) by their root mean square: x / sqrt(mean(x^2) + eps). The gain is folded
/// into the following weights. Statistics are computed in float32 or better; the result has the dtype of x.
/// @param form CudaKernels: by our kernel if it supports x; otherwise by LibTorch's operators
at::Tensor rmsNormalized(const at::Tensor& x, double eps, ScanForm form);

/// Scales rows of length n to 2-norm sqrt(n): x / max(|x|, 1e-12) * sqrt(n). Dtypes and form as in
/// rmsNormalized().
at::Tensor unitNormalized(const at::Tensor& x, ScanForm form = ScanForm::Operators);

} // namespace headroom
