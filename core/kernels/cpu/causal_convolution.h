// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cpu/scan_tile.h"

#include <type_traits>

/// Depthwise causal convolution of x, B and C followed by silu. Forward and backward pass of one row,
/// [length, D + 2 N].
namespace headroom {

/// The usual number of taps, as a constant so that the compiler unrolls the loop.
using FourTaps = std::integral_constant<std::int64_t, 4>;

/// silu of the convolution at one position, and its derivative unless `slope` is null.
/// @param weight [taps, channels]
/// @param source position of the first tap
/// @param step distance between positions
template <class S, class Count>
HEADROOM_INLINE void convolveToken(const ScanSizes& sizes, Count taps, const S* weight, const S* bias,
                                   const S* source, std::int64_t step, S* out, S* slope) {
    const std::int64_t channels = sizes.convDim();
    const std::int64_t stride = sizes.convStride();
    if (slope == nullptr) { // NOLINT(bugprone-branch-clone): false positive for loops with a pragma
#pragma omp simd
        for (std::int64_t c = 0; c < channels; ++c) {
            S sum = bias[c];
            for (std::int64_t tap = 0; tap < taps; ++tap)
                sum += weight[tap * stride + c] * source[tap * step + c];
            out[c] = sum * sigmoidOf(sum);
        }
    } else {
#pragma omp simd
        for (std::int64_t c = 0; c < channels; ++c) {
            S sum = bias[c];
            for (std::int64_t tap = 0; tap < taps; ++tap)
                sum += weight[tap * stride + c] * source[tap * step + c];
            const S s = sigmoidOf(sum);
            slope[c] = s * (S(1) + sum * (S(1) - s));
            out[c] = sum * s;
        }
    }
}

/// Forward pass for positions begin ... end - 1: x, B and C, and silu's derivatives unless `slope` is null.
/// Both are [end - begin, D + 2 N].
template <class S>
HEADROOM_INLINE void convolve(const ScanSizes& sizes, const S* weight, const S* bias, Row<const S> projected,
                              std::int64_t begin, std::int64_t end, S* xbc, S* slope) {
    const std::int64_t stride = sizes.convStride();
    for (std::int64_t t = begin; t < end; ++t, xbc += stride) {
        const std::int64_t taps = std::min(sizes.taps, t + 1); // zero padding before the first position
        const S* w = weight + (sizes.taps - taps) * stride;
        const S* source = projected.at(t + 1 - taps) + sizes.inner;
        if (taps == FourTaps::value)
            convolveToken(sizes, FourTaps(), w, bias, source, projected.step, xbc, slope);
        else
            convolveToken(sizes, taps, w, bias, source, projected.step, xbc, slope);
        if (slope != nullptr)
            slope += stride;
    }
}

/// Gradients of the convolution's parameters over one row, and the gradients that one chunk passes to the
/// previous chunk.
template <class S>
struct ConvolutionScratch {
    explicit ConvolutionScratch(const ScanSizes& sizes)
        : gradWeight(static_cast<std::size_t>(sizes.taps * sizes.convStride())),
          gradBias(static_cast<std::size_t>(sizes.convDim())),
          carried(static_cast<std::size_t>((sizes.taps - 1) * sizes.convStride())) {}

    void clear() {
        for (AlignedVector<S>* values : {&gradWeight, &gradBias, &carried})
            std::fill(values->begin(), values->end(), S(0));
    }

    void addTo(const ScanSizes& sizes, const ScanGradients<S>& gradients) const {
        for (std::int64_t c = 0; c < sizes.convDim(); ++c) {
            gradients.convBias[c] += gradBias[c];
            for (std::int64_t tap = 0; tap < sizes.taps; ++tap)
                gradients.conv[c * sizes.taps + tap] += gradWeight[tap * sizes.convStride() + c];
        }
    }

    AlignedVector<S> gradWeight; ///< [taps, D + 2 N]
    AlignedVector<S> gradBias;   ///< [D + 2 N]
    /// [taps - 1, D + 2 N]: gradients of the sums at the first positions of the next chunk.
    AlignedVector<S> carried;
};

/// The gradient of one input position and its contribution to the gradients of weight and bias. Tap k of the
/// sum taps - 1 - k positions later reads this position.
/// @param gradient [taps, channels], of the sums at this position and the following ones
template <class S, class Count>
HEADROOM_INLINE void convolveTokenBackward(const ScanSizes& sizes, Count taps, const S* weight,
                                           const S* source, const S* gradient, S* gradWeight, S* gradBias,
                                           S* gradSource) {
    const std::int64_t channels = sizes.convDim();
    const std::int64_t stride = sizes.convStride();
#pragma omp simd
    for (std::int64_t c = 0; c < channels; ++c) {
        S sum = 0;
        for (std::int64_t tap = 0; tap < taps; ++tap) {
            const S reader = gradient[(taps - 1 - tap) * stride + c];
            sum += weight[tap * stride + c] * reader;
            gradWeight[tap * stride + c] += source[c] * reader;
        }
        gradBias[c] += gradient[c];
        gradSource[c] = sum;
    }
}

/// Backward pass of one chunk: gradients of the convolution's input and parameters.
/// @param slope silu's derivative, [n, D + 2 N]
/// @param gradConv gradients of x, B and C, [n + taps - 1, D + 2 N]; overwritten
template <class S>
HEADROOM_INLINE void convolveBackward(const ScanSizes& sizes, const S* weight, const S* slope,
                                      Row<const S> projected, Row<S> gradProjected, std::int64_t begin,
                                      std::int64_t n, ConvolutionScratch<S>& scratch, S* gradConv) {
    const std::int64_t stride = sizes.convStride();
    for (std::int64_t i = 0; i < n * stride; ++i)
        gradConv[i] *= slope[i];
    std::copy(scratch.carried.begin(), scratch.carried.end(), gradConv + n * stride);
    std::copy(gradConv, gradConv + scratch.carried.size(), scratch.carried.begin());
    for (std::int64_t t = 0; t < n; ++t) {
        const auto token = [&](auto taps) HEADROOM_INLINE_LAMBDA {
            convolveTokenBackward(sizes, taps, weight, projected.at(begin + t) + sizes.inner,
                                  gradConv + t * stride, scratch.gradWeight.data(), scratch.gradBias.data(),
                                  gradProjected.at(begin + t) + sizes.inner);
        };
        if (sizes.taps == FourTaps::value)
            token(FourTaps());
        else
            token(sizes.taps);
    }
}

} // namespace headroom
