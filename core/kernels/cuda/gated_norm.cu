// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Gate and norm after the scan: g = y silu(z), r = g / sqrt(mean(g^2) + eps) over a token. Rows of y have
// `length` tokens and begin `yRow` numbers apart.
#include "core/kernels/cuda/number_type.cuh"
#include "core/kernels/cuda/numbers.cuh"
#include "core/kernels/cuda/row.cuh"

namespace {

/// The place of a thread's numbers in y.
DEVICE i64 placeInRows(const RowPlace& place, int length, i64 yRow, int width) {
    const int token = static_cast<int>(place.row);
    return token / length * yRow + static_cast<i64>(token % length) * width + place.column;
}

} // namespace

/// @param y [tokens, width]
/// @param z [tokens, stride], its first `width` columns
/// @param r [tokens, width]
HEADROOM_KERNEL void __launch_bounds__(mostRowThreads)
    gatedNormForward(const Number* __restrict__ y, i64 yRow, const Number* __restrict__ z, i64 stride,
                     Number* __restrict__ r, i64 tokens, int length, int width, int rowThreads, float eps) {
    __shared__ float shared[1][mostRowWarps];
    const RowPlace place(rowThreads);
    const bool works = place.row < tokens && place.column < width;
    float gated[8] = {};
    float squares[1] = {};
    if (works) {
        float gate[8];
        loadEight(z + place.row * stride + place.column, gate);
        loadEight(y + placeInRows(place, length, yRow, width), gated);
#pragma unroll
        for (int i = 0; i < 8; ++i) {
            gated[i] *= gate[i] * sigmoidFor<Number>(gate[i]);
            squares[0] += gated[i] * gated[i];
        }
    }
    place.sum(squares, shared);
    if (!works)
        return;
    const float scale = inverseRoot(squares[0] / static_cast<float>(width) + eps);
#pragma unroll
    for (int i = 0; i < 8; ++i)
        gated[i] *= scale;
    storeEight(r + place.row * width + place.column, gated);
}

/// @param y [tokens, width]
/// @param z [tokens, stride], its first `width` columns
/// @param gradR [tokens, width]
/// @param r as gradR, recomputed, which the gradient of the following weights needs; may be y, gradR
///     or null
/// @param gradY as y; may be y or gradR
/// @param gradZ as z
HEADROOM_KERNEL void __launch_bounds__(mostRowThreads)
    gatedNormBackward(const Number* y, i64 yRow, const Number* __restrict__ z, i64 stride,
                      const Number* gradR, Number* r, Number* gradY, Number* __restrict__ gradZ, i64 tokens,
                      int length, int width, int rowThreads, float eps) {
    __shared__ float shared[2][mostRowWarps];
    const RowPlace place(rowThreads);
    const bool works = place.row < tokens && place.column < width;
    const i64 own = place.row * width + place.column;
    const i64 ofY = placeInRows(place, length, yRow, width);
    float input[8] = {};
    float gate[8] = {};
    float gradient[8] = {};
    float sums[2] = {}; // g^2 and g gradR
    if (works) {
        loadMutableEight(y + ofY, input);
        loadEight(z + place.row * stride + place.column, gate);
        loadMutableEight(gradR + own, gradient);
#pragma unroll
        for (int i = 0; i < 8; ++i) {
            const float gated = input[i] * gate[i] * sigmoidFor<Number>(gate[i]);
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
        const float s = sigmoidFor<Number>(gate[i]);
        const float gated = input[i] * gate[i] * s;
        const float gradGated = scale * (gradient[i] - gated * back);
        normalized[i] = gated * scale;
        gradInput[i] = gradGated * gate[i] * s;
        gradGate[i] = gradGated * input[i] * s * (1 + gate[i] * (1 - s));
    }
    if (r != nullptr)
        storeEight(r + own, normalized);
    storeEight(gradY + ofY, gradInput);
    storeEight(gradZ + place.row * stride + place.column, gradGate);
}
