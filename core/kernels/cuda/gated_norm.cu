// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Gate and norm after the scan, backward: g = y silu(z), r = g / sqrt(mean(g^2) + eps) over a token.
#include "core/kernels/cuda/row.cuh"

/// Recomputes r, which the gradient of the following weights needs.
/// @param y [tokens, width]; replaced by r
/// @param z [tokens, stride], its first `width` columns
/// @param gradR [tokens, width]; replaced by the gradient of y
/// @param gradZ as z
HEADROOM_KERNEL void __launch_bounds__(mostRowThreads)
    gatedNormBackward(u16* y, const u16* __restrict__ z, i64 stride, u16* gradR, u16* __restrict__ gradZ,
                      i64 tokens, int width, int rowThreads, float eps) {
    __shared__ float shared[2][mostRowWarps];
    const RowPlace place(rowThreads);
    const bool works = place.row < tokens && place.column < width;
    const i64 own = place.row * width + place.column;
    float input[8] = {};
    float gate[8] = {};
    float gradient[8] = {};
    float sums[2] = {}; // g^2 and g gradR
    if (works) {
        widen(loadMutable(y + own), input);
        widen(load(z + place.row * stride + place.column), gate);
        widen(loadMutable(gradR + own), gradient);
#pragma unroll
        for (int i = 0; i < 8; ++i) {
            const float gated = input[i] * gate[i] * sigmoid(gate[i]);
            sums[0] += gated * gated;
            sums[1] += gated * gradient[i];
        }
    }
    place.sum(sums, shared);
    if (!works)
        return;
    const float count = static_cast<float>(width);
    const float scale = inverseRoot(sums[0] / count + eps);
    const float back = scale * scale * sums[1] / count;
    float normalized[8];
    float gradInput[8];
    float gradGate[8];
#pragma unroll
    for (int i = 0; i < 8; ++i) {
        const float s = sigmoid(gate[i]);
        const float gated = input[i] * gate[i] * s;
        const float gradGated = scale * (gradient[i] - gated * back);
        normalized[i] = gated * scale;
        gradInput[i] = gradGated * gate[i] * s;
        gradGate[i] = gradGated * input[i] * s * (1 + gate[i] * (1 - s));
    }
    store(y + own, narrowed(normalized));
    store(gradR + own, narrowed(gradInput));
    store(gradZ + place.row * stride + place.column, narrowed(gradGate));
}
