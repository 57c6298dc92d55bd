// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// RMS normalization of rows: r = x scale, scale = 1 / sqrt(max(sum(x^2), leastSquares) / width + eps).
#include "core/kernels/cuda/number_type.cuh"
#include "core/kernels/cuda/numbers.cuh"
#include "core/kernels/cuda/row.cuh"

/// @param x [rows, width]
/// @param r as x
/// @param scales [rows]
HEADROOM_KERNEL void __launch_bounds__(mostRowThreads)
    normalizeRows(const Number* __restrict__ x, Number* __restrict__ r, float* __restrict__ scales, i64 rows,
                  int width, int rowThreads, float leastSquares, float eps) {
    __shared__ float shared[1][mostRowWarps];
    const RowPlace place(rowThreads);
    const bool works = place.row < rows && place.column < width;
    const i64 own = place.row * width + place.column;
    float numbers[8] = {};
    float squares[1] = {};
    if (works) {
        loadEight(x + own, numbers);
#pragma unroll
        for (int i = 0; i < 8; ++i)
            squares[0] += numbers[i] * numbers[i];
    }
    place.sum(squares, shared);
    if (!works)
        return;
    const float least = squares[0] > leastSquares ? squares[0] : leastSquares;
    const float scale = inverseRoot(least / static_cast<float>(width) + eps);
#pragma unroll
    for (int i = 0; i < 8; ++i)
        numbers[i] *= scale;
    storeEight(r + own, numbers);
    if (place.column == 0)
        scales[place.row] = scale;
}

/// gradX = scale (gradR - r mean(gradR r))
/// @param r, gradR, gradX [rows, width]
HEADROOM_KERNEL void __launch_bounds__(mostRowThreads)
    normalizeRowsBackward(const Number* __restrict__ r, const float* __restrict__ scales,
                          const Number* __restrict__ gradR, Number* __restrict__ gradX, i64 rows, int width,
                          int rowThreads) {
    __shared__ float shared[1][mostRowWarps];
    const RowPlace place(rowThreads);
    const bool works = place.row < rows && place.column < width;
    const i64 own = place.row * width + place.column;
    float numbers[8] = {};
    float gradient[8] = {};
    float along[1] = {};
    if (works) {
        loadEight(r + own, numbers);
        loadEight(gradR + own, gradient);
#pragma unroll
        for (int i = 0; i < 8; ++i)
            along[0] += numbers[i] * gradient[i];
    }
    place.sum(along, shared);
    if (!works)
        return;
    const float mean = along[0] / static_cast<float>(width);
    const float scale = scales[place.row];
#pragma unroll
    for (int i = 0; i < 8; ++i)
        gradient[i] = scale * (gradient[i] - numbers[i] * mean);
    storeEight(gradX + own, gradient);
}
