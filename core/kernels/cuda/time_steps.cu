// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Time steps of the scan, dt = softplus(raw + bias).
#include "core/kernels/cuda/intrinsics.cuh"

namespace time_steps {

constexpr int threads = 256;
constexpr int columnsAtOnce = 16;
constexpr int tokensAtOnce = threads / columnsAtOnce;

DEVICE float softplus(float x) {
    return x > 20 ? x : logOfOnePlus(exponential(x)); // equal in float32 from there on
}

} // namespace time_steps

/// Grid: tokens * heads / threads.
/// @param raw [tokens, stride], its first `heads` columns
/// @param out [tokens, heads]
HEADROOM_KERNEL void __launch_bounds__(time_steps::threads)
    timeStepsForward(const u16* __restrict__ raw, i64 stride, const float* __restrict__ bias,
                     float* __restrict__ out, i64 tokens, int heads) {
    const i64 index = static_cast<i64>(blockIdx.x) * time_steps::threads + threadIdx.x;
    const i64 token = index / heads;
    const int head = static_cast<int>(index % heads);
    if (token < tokens)
        out[index] = time_steps::softplus(low16(raw[token * stride + head]) + bias[head]);
}

/// The gradient of raw, and for each block in x a partial sum of that of the bias. Grid: blocks,
/// columns / columnsAtOnce.
/// @param gradSteps [tokens, heads]
/// @param gradRaw [tokens, stride], its first `columns` columns; 0 in columns without a head
/// @param shares [blocks, heads]
HEADROOM_KERNEL void __launch_bounds__(time_steps::threads)
    timeStepsBackward(const u16* __restrict__ raw, i64 stride, const float* __restrict__ bias,
                      const float* __restrict__ gradSteps, u16* __restrict__ gradRaw,
                      float* __restrict__ shares, i64 tokens, int heads, int columns, int tokensPerBlock) {
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
                gradient =
                    gradSteps[token * heads + column] * sigmoid(low16(raw[token * stride + column]) + shift);
            sum += gradient;
            gradRaw[token * stride + column] = static_cast<u16>(packBfloat16(gradient, 0));
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
