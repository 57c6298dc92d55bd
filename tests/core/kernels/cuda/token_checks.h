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

/// The types of tokens that kernels are compiled for.
constexpr at::ScalarType allTypes[] = {at::kBFloat16, at::kFloat};

inline at::Tensor randomTokens(at::IntArrayRef sizes, at::ScalarType type = at::kBFloat16) {
    return at::randn(sizes).to(type);
}
inline at::Tensor unwrittenTokens(at::IntArrayRef sizes, at::ScalarType type = at::kBFloat16) {
    return at::full(sizes, notANumber, type);
}
/// Tokens [R, L, width] as the second half of wider ones, [R, L, 2 width].
inline at::Tensor asColumns(const at::Tensor& tokens) {
    return at::cat({unwrittenTokens(tokens.sizes(), tokens.scalar_type()), tokens}, 2).chunk(2, 2)[1];
}
/// Tokens [R, L, width] as the first positions of rows with 3 more.
inline at::Tensor inLongerRows(const at::Tensor& tokens) {
    const at::Tensor more = unwrittenTokens({tokens.size(0), 3, tokens.size(2)}, tokens.scalar_type());
    return at::cat({tokens, more}, 1).slice(1, 0, tokens.size(1));
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
