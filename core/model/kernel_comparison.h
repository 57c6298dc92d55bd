// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/ATen.h>

#include <cmath>
#include <limits>

namespace headroom {

/// How far results of CUDA kernels may be from those of operators, relative to the norm: several times the
/// error of bf16, and much less than that of one wrong thread in a warp.
constexpr double kernelTolerance = 0.05;
/// In float32 alike: more than products in TF32 would explain, and less than one wrong token in a thousand.
constexpr double kernelToleranceFp32 = 0.01;

/// Norm of the difference over the norm of `right`; infinite if `found` is not finite.
inline double relativeDifference(const at::Tensor& found, const at::Tensor& right) {
    const at::Tensor expected = right.to(at::kDouble).flatten();
    const double error =
        ((found.to(at::kCPU, at::kDouble).flatten() - expected).norm() / expected.norm()).item<double>();
    return std::isfinite(error) ? error : std::numeric_limits<double>::infinity();
}

} // namespace headroom
