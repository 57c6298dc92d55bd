// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/time_steps.h"

#include "core/kernels/cuda/kernel_tensors.h"
#include "core/kernels/cuda/launcher.h"
#include "core/kernels/cuda/sum_shares.h"
#include "core/support/rounding.h"

#include <ATen/ops/empty.h>

#include <algorithm>

namespace headroom {
namespace {

// As in time_steps.cu.
constexpr unsigned timeStepThreads = 256;
constexpr std::int64_t columnsAtOnce = 16;

void check(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& bias) {
    checkTokens(projected, "projected");
    TORCH_CHECK(projected.dim() == 3 && firstColumn >= 0 && firstColumn + bias.numel() <= projected.size(2),
                "projected tokens of ", projected.size(-1), " columns have no ", bias.numel(), " heads from ",
                firstColumn);
    checkParameters(bias, bias.numel(), "the bias of the time steps");
}

/// Bytes of `columns` columns of all tokens.
double columnBytes(const at::Tensor& tokens, std::int64_t columns) {
    return static_cast<double>(tokenCount(tokens)) * static_cast<double>(columns) *
           static_cast<double>(tokens.element_size());
}

} // namespace

at::Tensor timeStepsForward(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& bias) {
    check(projected, firstColumn, bias);
    const auto heads = bias.numel();
    at::Tensor steps = at::empty({projected.size(0), projected.size(1), heads}, bias.options());
    reportLaunch(columnBytes(projected, heads) + bytesOf(steps));
    if (!steps.is_meta())
        launch(steps.device(), {"time_steps", "timeStepsForward"},
               {static_cast<unsigned>(divideUp(steps.numel(), timeStepThreads))}, timeStepThreads, 0,
               tokenData(projected, firstColumn), projected.size(2), floatData(bias), floatData(steps),
               tokenCount(projected), static_cast<int>(heads));
    return steps;
}

at::Tensor timeStepsBackward(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& bias,
                             const at::Tensor& gradSteps, const at::Tensor& gradProjected) {
    constexpr std::int64_t mostShares = 512; // enough blocks to fill any card
    constexpr std::int64_t fewestTokens = 64;
    check(projected, firstColumn, bias);
    const auto heads = bias.numel();
    const auto tokens = tokenCount(projected);
    checkParameters(gradSteps, tokens * heads, "the gradient of the time steps");
    checkTokens(gradProjected, "the gradient of projected");
    TORCH_CHECK(gradProjected.sizes() == projected.sizes(), "the gradient of projected has another shape");
    const auto columns = projected.size(2) - firstColumn;
    const auto tokensPerBlock = std::max(fewestTokens, divideUp(tokens, mostShares));
    const auto blocks = divideUp(tokens, tokensPerBlock);
    const at::Tensor shares = at::empty({blocks, heads}, bias.options());
    reportLaunch(columnBytes(projected, heads) + bytesOf(gradSteps) + columnBytes(gradProjected, columns) +
                 bytesOf(shares));
    if (!shares.is_meta())
        launch(shares.device(), {"time_steps", "timeStepsBackward"},
               {static_cast<unsigned>(blocks), static_cast<unsigned>(divideUp(columns, columnsAtOnce))},
               timeStepThreads, 0, tokenData(projected, firstColumn), projected.size(2), floatData(bias),
               floatData(gradSteps), tokenData(gradProjected, firstColumn), floatData(shares), tokens,
               static_cast<int>(heads), static_cast<int>(columns), static_cast<int>(tokensPerBlock));
    return sumShares(shares);
}

} // namespace headroom
