// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cpu/head_attention.h"

#include "core/kernels/cpu/activations.h"
#include "core/kernels/cpu/column_blocks.h"
#include "core/kernels/cpu/vector_code.h"
#include "core/support/rounding.h"

#include <algorithm>
#include <limits>

namespace headroom {
namespace {

constexpr std::int64_t keysPerBlock = 64;
/// Scores that fit the L2 cache, and the rows for which products are fast.
constexpr std::int64_t scoresPerBlock = 1 << 16;
constexpr std::int64_t fewestRows = 16;
constexpr std::int64_t mostRows = 96;

/// out[2 i], out[2 i + 1] = the pair x[2 i], x[2 i + 1] rotated by angle i of the table.
HEADROOM_INLINE void turnToken(const float* x, const float* table, std::int64_t width, float* out) {
#pragma omp simd
    for (std::int64_t i = 0; i < width; i += 2) {
        const float a = x[i];
        const float b = x[i + 1];
        out[i] = a * table[i] - b * table[i + 1];
        out[i + 1] = a * table[i + 1] + b * table[i];
    }
}

HEADROOM_VECTOR_CLONES void turnTokens(const float* x, const float* table, std::int64_t rows,
                                       std::int64_t width, float* out) {
    for (std::int64_t row = 0; row < rows; ++row)
        turnToken(x + row * width, table + row * width, width, out + row * width);
}

HEADROOM_VECTOR_CLONES void placePolarQueries(const float* x, const float* table, std::int64_t rows,
                                              std::int64_t width, float* out) {
    for (std::int64_t row = 0; row < rows; ++row, x += width, table += 2 * width, out += 2 * width) {
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i) {
            const float magnitude = softplusOf(x[i]);
            out[i] = magnitude * table[2 * i];
            out[width + i] = magnitude * table[2 * i + 1];
        }
    }
}

HEADROOM_VECTOR_CLONES void placePolarKeys(const float* x, const HeadPositions& positions,
                                           std::int64_t firstRow, std::int64_t rows, std::int64_t width,
                                           float* out) {
    const float* table = positions.table + 2 * firstRow * width;
    const float* aheadCosine = positions.aheadCosine;
    const float* aheadSine = positions.aheadSine;
    x += firstRow * width;
    for (std::int64_t row = 0; row < rows; ++row, x += width, table += 2 * width, out += 2 * width) {
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i) {
            const float magnitude = softplusOf(x[i]);
            const float cosine = table[2 * i];
            const float sine = table[2 * i + 1];
            out[i] = magnitude * (cosine * aheadCosine[i] - sine * aheadSine[i]);
            out[width + i] = magnitude * (sine * aheadCosine[i] + cosine * aheadSine[i]);
        }
    }
}

/// out [features, keysPerBlock] = x' with x [rows, features].
HEADROOM_VECTOR_CLONES void transposeKeys(const float* x, std::int64_t rows, std::int64_t features,
                                          float* out) {
    for (std::int64_t i = 0; i < features; ++i, out += keysPerBlock) {
        for (std::int64_t row = 0; row < rows; ++row)
            out[row] = x[row * features + i];
    }
}

/// Replaces each row of scores by exp(scale (score - maximum)) and writes the sum of these.
HEADROOM_VECTOR_CLONES void exponentials(std::int64_t rows, std::int64_t length, std::int64_t stride,
                                         float scale, float* scores, float* sums) {
    for (std::int64_t row = 0; row < rows; ++row, scores += stride) {
        float highest = -std::numeric_limits<float>::infinity();
#pragma omp simd reduction(max : highest)
        for (std::int64_t i = 0; i < length; ++i)
            highest = scores[i] > highest ? scores[i] : highest;
        float sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t i = 0; i < length; ++i) {
            scores[i] = vectorExp(scale * (scores[i] - highest));
            sum += scores[i];
        }
        sums[row] = sum;
    }
}

HEADROOM_VECTOR_CLONES void scaleByGates(const float* gate, std::int64_t gateStride, const float* sums,
                                         std::int64_t rows, std::int64_t width, float* out,
                                         std::int64_t outStride) {
    for (std::int64_t row = 0; row < rows; ++row, out += outStride) {
        const float factor = gate[row * gateStride] / sums[row];
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i)
            out[i] *= factor;
    }
}

AlignedVector<float> floats(std::int64_t count) {
    return AlignedVector<float>(static_cast<std::size_t>(count));
}

} // namespace

HeadAttention::HeadAttention(std::int64_t length, std::int64_t width, float scale, bool isPolar)
    : length_(length), width_(width), features_(isPolar ? 2 * width : width),
      scoreStride_(roundUp(length, 16)), scale_(scale), query_(floats(length * features_)),
      placed_(floats(keysPerBlock * features_)), keys_(floats(roundUp(length, keysPerBlock) * features_)) {
    const std::int64_t most = std::clamp(scoresPerBlock / scoreStride_, fewestRows, mostRows);
    rowsPerBlock_ = divideUp(length, divideUp(length, most)); // blocks of about the same size
    scores_ = floats(rowsPerBlock_ * scoreStride_);
    sums_ = floats(rowsPerBlock_);
}

void HeadAttention::run(const HeadPositions& positions, const float* q, const float* k, const float* v,
                        const float* gate, std::int64_t gateStride, float* out, std::int64_t outStride) {
    if (positions.isPolar)
        placePolarQueries(q, positions.table, length_, width_, query_.data());
    else
        turnTokens(q, positions.table, length_, width_, query_.data());
    for (std::int64_t first = 0; first < length_; first += keysPerBlock) {
        const std::int64_t keys = std::min(keysPerBlock, length_ - first);
        if (positions.isPolar)
            placePolarKeys(k, positions, first, keys, width_, placed_.data());
        else
            turnTokens(k + first * width_, positions.table + first * width_, keys, width_, placed_.data());
        transposeKeys(placed_.data(), keys, features_, keys_.data() + first * features_);
    }
    for (std::int64_t first = 0; first < length_; first += rowsPerBlock_) {
        const std::int64_t rows = std::min(rowsPerBlock_, length_ - first);
        for (std::int64_t key = 0; key < length_; key += keysPerBlock)
            multiplyBlock({query_.data() + first * features_, features_},
                          {keys_.data() + key * features_, keysPerBlock}, scores_.data() + key, scoreStride_,
                          rows, std::min(keysPerBlock, length_ - key), features_, false);
        exponentials(rows, length_, scoreStride_, scale_, scores_.data(), sums_.data());
        float* result = out + first * outStride;
        multiplyBlock({scores_.data(), scoreStride_}, {v, width_}, result, outStride, rows, width_, length_,
                      false);
        scaleByGates(gate + first * gateStride, gateStride, sums_.data(), rows, width_, result, outStride);
    }
}

} // namespace headroom
