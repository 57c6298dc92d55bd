// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/core/kernels/cuda/emulated_token_kernels.h"

#include <ATen/ATen.h>
#include <ATen/Context.h>

#include <cmath>
#include <limits>
#include <random>

namespace headroom::test {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

/// RAII: while it exists, kernels are emulated, and memory from at::empty() is NaN until it is written.
class EmulatedKernels {
public:
    explicit EmulatedKernels(EmulatedBlock::Order order) : launcher(order), guard_(launcher) {
        addTokenKernels(launcher);
        at::globalContext().setDeterministicAlgorithms(true, false);
    }
    ~EmulatedKernels() { at::globalContext().setDeterministicAlgorithms(false, false); }
    EmulatedKernels(const EmulatedKernels&) = delete;
    EmulatedKernels& operator=(const EmulatedKernels&) = delete;

    EmulatedLauncher launcher;

private:
    KernelLauncherGuard guard_;
};

constexpr EmulatedBlock::Order allOrders[] = {EmulatedBlock::Order::Forward, EmulatedBlock::Order::Backward,
                                              EmulatedBlock::Order::Shuffled};

inline at::Tensor randomTokens(at::IntArrayRef sizes) {
    return at::randn(sizes).to(at::kBFloat16);
}
inline at::Tensor unwrittenTokens(at::IntArrayRef sizes) {
    return at::full(sizes, notANumber, at::kBFloat16);
}
/// In float64, for autograd.
inline at::Tensor leaf(const at::Tensor& x) {
    return x.to(at::kDouble).detach().clone().set_requires_grad(true);
}

/// Whether each number is the expected one, rounded once to bfloat16, up to errors of float32.
inline bool isRoundedOnce(const at::Tensor& found, const at::Tensor& expected) {
    const at::Tensor reference = expected.detach();
    const at::Tensor allowed = reference.abs() / 256 + reference.square().mean().sqrt() * 1e-5;
    return found.sizes() == reference.sizes() && found.scalar_type() == at::kBFloat16 &&
           (found.to(at::kDouble) - reference).abs().le(allowed).all().item<bool>();
}

/// Whether float32 numbers are the expected ones, up to errors of float32.
inline bool isSummedInFloat(const at::Tensor& found, const at::Tensor& expected) {
    const at::Tensor reference = expected.detach();
    const double error = (found.to(at::kDouble) - reference).norm().item<double>();
    return found.sizes() == reference.sizes() && found.scalar_type() == at::kFloat &&
           error <= 1e-5 * reference.norm().item<double>() + 1e-12;
}

/// isRoundedOnce() or isSummedInFloat(), by type.
inline bool isExact(const at::Tensor& found, const at::Tensor& expected, at::ScalarType type) {
    return type == at::kBFloat16 ? isRoundedOnce(found, expected) : isSummedInFloat(found, expected);
}

inline bool isUnwritten(const at::Tensor& x) {
    return x.isnan().all().item<bool>();
}

} // namespace headroom::test
