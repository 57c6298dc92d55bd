// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Time steps of the scan, dt = softplus(raw + bias). Rows of time steps and of their gradients have `length`
// tokens and begin `stepsRow` numbers apart.
#include "core/kernels/cuda/number_type.cuh"
#include "core/kernels/cuda/numbers.cuh"

namespace time_steps {

constexpr int threads = 256;
constexpr int columnsAtOnce = 16;
constexpr int tokensAtOnce = threads / columnsAtOnce;

DEVICE float softplus(float x) {
    return x > 20 ? x : logOfOnePlus(exponentialFor<Number>(x)); // equal in float32 from there on
}

/// The time steps of a token.
template <class Step>
DEVICE Step* stepsOf(Step* steps, i64 stepsRow, i64 token, int length, int heads) {
    const int index = static_cast<int>(token);
    return steps + index / length * stepsRow + static_cast<i64>(index % length) * heads;
}

} // namespace time_steps

/// Grid: tokens * heads / threads.
/// @param raw [tokens, stride], its first `heads` columns
/// @param steps [tokens, heads]
HEADROOM_KERNEL void __launch_bounds__(time_steps::threads)
    timeStepsForward(const Number* __restrict__ raw, i64 stride, const float* __restrict__ bias,
                     float* __restrict__ steps, i64 stepsRow, i64 tokens, int length, int heads) {
    const i64 index = static_cast<i64>(blockIdx.x) * time_steps::threads + threadIdx.x;
    const i64 token = index / heads;
    const int head = static_cast<int>(index % heads);
    if (token < tokens)
        time_steps::stepsOf(steps, stepsRow, token, length, heads)[head] =
            time_steps::softplus(loadNumber(raw + token * stride + head) + bias[head]);
}

/// The gradient of raw, and for each block in x a partial sum of that of the bias. Grid: blocks,
/// columns / columnsAtOnce.
/// @param gradSteps [tokens, heads]
/// @param gradRaw [tokens, stride], its first `columns` columns; 0 in columns without a head
/// @param shares [blocks, heads]
HEADROOM_KERNEL void __launch_bounds__(time_steps::threads)
    timeStepsBackward(const Number* __restrict__ raw, i64 stride, const float* __restrict__ bias,
                      const float* __restrict__ gradSteps, i64 stepsRow, Number* __restrict__ gradRaw,
                      float* __restrict__ shares, i64 tokens, int length, int heads, int columns,
                      int tokensPerBlock) {
    using namespace time_steps;
    __shared__ float sums[tokensAtOnce][columnsAtOnce];
    const int lane = static_cast<int>(threadIdx.x) % columnsAtOnce;
    const int line = static_cast<int>(threadIdx.x) / columnsAtOnce;
    const int column = static_cast<int>(blockIdx.y) * columnsAtOnce + lane;
    const bool hasHead = column < heads;
    const float shift = hasHead ? bias[column] : 0;
    const i64 begin = static_cast<i64>(blockIdx.x) * tokensPerBlock;
    const i64 end = begin + tokensPerBlock < tokens ? begin + tokensPerBlock : tokens;
    float sum = 0;
    if (column < columns) {
#pragma unroll 4
        for (i64 token = begin + line; token < end; token += tokensAtOnce) {
            float gradient = 0;
            if (hasHead)
                gradient = stepsOf(gradSteps, stepsRow, token, length, heads)[column] *
                           sigmoidFor<Number>(loadNumber(raw + token * stride + column) + shift);
            sum += gradient;
            storeNumber(gradRaw + token * stride + column, gradient);
        }
    }
    sums[line][lane] = sum;
    syncBlock();
    if (line > 0 || !hasHead)
        return;
    for (int i = 1; i < tokensAtOnce; ++i)
        sum += sums[i][lane];
    shares[static_cast<i64>(blockIdx.x) * heads + column] = sum;
}
