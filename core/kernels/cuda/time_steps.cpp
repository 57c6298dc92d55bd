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

/// What both kernels read.
struct RawSteps {
    std::int64_t stride;
    std::int64_t stepsRow;
    std::int64_t tokens;
    int length;
    int heads;

    /// @param steps the time steps, or their gradients
    RawSteps(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& bias,
             const at::Tensor& steps)
        : stride(tokenStride(projected, "projected")), stepsRow(rowStride(steps, "the time steps")),
          tokens(tokenCount(projected)), length(static_cast<int>(projected.size(1))),
          heads(static_cast<int>(bias.numel())) {
        checkViewedTokens(projected, projected.scalar_type(), "projected");
        TORCH_CHECK(firstColumn >= 0 && firstColumn + heads <= projected.size(2), "projected tokens of ",
                    projected.size(2), " columns have no ", heads, " heads from ", firstColumn);
        checkParameters(bias, heads, "the bias of the time steps");
        TORCH_CHECK(steps.scalar_type() == at::kFloat &&
                        steps.sizes() == at::IntArrayRef({projected.size(0), projected.size(1), heads}),
                    "the time steps have the shape ", steps.sizes());
    }
};

/// Bytes of `columns` columns of all tokens.
double columnBytes(const at::Tensor& tokens, std::int64_t columns) {
    return static_cast<double>(tokenCount(tokens)) * static_cast<double>(columns) *
           static_cast<double>(tokens.element_size());
}

} // namespace

void timeStepsForward(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& bias,
                      const at::Tensor& steps) {
    const RawSteps raw(projected, firstColumn, bias, steps);
    reportLaunch(columnBytes(projected, raw.heads) + bytesOf(steps));
    if (!steps.is_meta())
        launch(steps.device(), kernelFor(projected.scalar_type(), "time_steps", "timeStepsForward"),
               {static_cast<unsigned>(divideUp(steps.numel(), timeStepThreads))}, timeStepThreads, 0,
               numberData(projected, firstColumn), raw.stride, floatData(bias), floatData(steps),
               raw.stepsRow, raw.tokens, raw.length, raw.heads);
}

at::Tensor timeStepsBackward(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& bias,
                             const at::Tensor& gradSteps, const at::Tensor& gradProjected) {
    constexpr std::int64_t mostShares = 512; // enough blocks to fill any card
    constexpr std::int64_t fewestTokens = 64;
    const RawSteps raw(projected, firstColumn, bias, gradSteps);
    checkViewedTokens(gradProjected, projected.scalar_type(), "the gradient of projected");
    TORCH_CHECK(gradProjected.sizes() == projected.sizes() &&
                    tokenStride(gradProjected, "the gradient of projected") == raw.stride,
                "the gradient of projected has another shape");
    const auto columns = projected.size(2) - firstColumn;
    const auto tokensPerBlock = std::max(fewestTokens, divideUp(raw.tokens, mostShares));
    const auto blocks = divideUp(raw.tokens, tokensPerBlock);
    const at::Tensor shares = at::empty({blocks, raw.heads}, bias.options());
    reportLaunch(columnBytes(projected, raw.heads) + bytesOf(gradSteps) +
                 columnBytes(gradProjected, columns) + bytesOf(shares));
    if (!shares.is_meta())
        launch(shares.device(), kernelFor(projected.scalar_type(), "time_steps", "timeStepsBackward"),
               {static_cast<unsigned>(blocks), static_cast<unsigned>(divideUp(columns, columnsAtOnce))},
               timeStepThreads, 0, numberData(projected, firstColumn), raw.stride, floatData(bias),
               floatData(gradSteps), raw.stepsRow, numberData(gradProjected, firstColumn), floatData(shares),
               raw.tokens, raw.length, raw.heads, static_cast<int>(columns),
               static_cast<int>(tokensPerBlock));
    return sumShares(shares);
}

} // namespace headroom
