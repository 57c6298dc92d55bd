// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cpu/token_rows.h"

#include "core/kernels/cpu/activations.h"
#include "core/kernels/cpu/vector_code.h"

#include <algorithm>
#include <cmath>

namespace headroom {

HEADROOM_VECTOR_CLONES void normalizeTokens(const float* x, const float* gain, std::int64_t rows,
                                            std::int64_t width, float* out) {
    constexpr double least = 1e-12;
    const double target = std::sqrt(static_cast<double>(width));
    for (std::int64_t row = 0; row < rows; ++row, x += width, out += width) {
        double squares = 0; // an error of the norm would be in all products with the row
#pragma omp simd reduction(+ : squares)
        for (std::int64_t i = 0; i < width; ++i)
            squares += static_cast<double>(x[i]) * static_cast<double>(x[i]);
        const auto scale = static_cast<float>(target / std::max(std::sqrt(squares), least));
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i)
            out[i] = x[i] * scale;
        if (gain == nullptr)
            continue;
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i)
            out[i] *= gain[i];
    }
}

HEADROOM_VECTOR_CLONES void addBiasAndGelu(const float* bias, std::int64_t rows, std::int64_t width,
                                           float* x) {
    for (std::int64_t row = 0; row < rows; ++row, x += width) {
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i)
            x[i] = geluOf(x[i] + bias[i]);
    }
}

HEADROOM_VECTOR_CLONES void addToTokens(const float* y, const float* bias, std::int64_t rows,
                                        std::int64_t width, float* x) {
    for (std::int64_t row = 0; row < rows; ++row, x += width, y += width) {
        if (bias == nullptr) {
#pragma omp simd
            for (std::int64_t i = 0; i < width; ++i)
                x[i] += y[i];
        } else {
#pragma omp simd
            for (std::int64_t i = 0; i < width; ++i)
                x[i] += y[i] + bias[i];
        }
    }
}

HEADROOM_VECTOR_CLONES void addBiasAndOpen(const float* bias, std::int64_t rows, std::int64_t width,
                                           float* x) {
    for (std::int64_t row = 0; row < rows; ++row, x += width) {
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i)
            x[i] = sigmoidOf(x[i] + bias[i]);
    }
}

} // namespace headroom
