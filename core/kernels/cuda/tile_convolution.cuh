// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The convolution of convolution.cu, with silu, on a chunk of tokens in shared memory, in place, and its
// gradient. A thread has two channels of a strip, consecutive positions.
#pragma once

#include "core/kernels/cuda/scan.cuh"

/// Parameters of the convolution of all channels: x, B, C.
struct ConvolutionParameters {
    const float* __restrict__ weight; ///< [channels, taps]; the last tap reads the position itself
    const float* __restrict__ bias;
    int taps; ///< at most 4
    int channels;
};

/// Of a tile [chunkLength, columns] by a block.
template <int columns, int threads>
struct TileConvolution {
    static constexpr int mostTaps = 4;
    static constexpr int halo = mostTaps - 1; ///< positions before a strip that it reads
    static constexpr int pairs = columns / 2;
    static constexpr int strips = threads / pairs;
    static constexpr int stripLength = chunkLength / strips;
    static_assert(threads % pairs == 0 && chunkLength % strips == 0 && stripLength >= halo);

    int pair;
    int strip;
    u32 before[halo] = {}; ///< tokens before the strip
    u32 next[halo] = {};   ///< tokens before the next chunk, prefetched

    DEVICE explicit TileConvolution(int thread) : pair(thread % pairs), strip(thread / pairs) {}

    /// Prefetches the tokens before a chunk.
    /// @param at address of two numbers, from position (-halo ... -1) and column; null for zeros
    template <class Address>
    DEVICE void fetch(const Address& at) {
#pragma unroll
        for (int i = 0; i < halo; ++i) {
            const u16* from = strip == 0 ? at(i - halo, 2 * pair) : nullptr;
            next[i] = from != nullptr ? pairAt(from) : 0;
        }
    }

    /// Reads the tokens before the strip. A barrier must separate this from convolve(), which overwrites
    /// them.
    DEVICE void readBefore(const u16* tile, int stride) {
#pragma unroll
        for (int i = 0; i < halo; ++i)
            before[i] =
                strip == 0 ? next[i] : pairAt(tile + (strip * stripLength + i - halo) * stride + 2 * pair);
    }

    /// The weights and biases of the thread's channels. Shorter convolutions have zeros in front.
    struct Filter {
        float weight[2][mostTaps] = {};
        float bias[2] = {};

        DEVICE Filter(const ConvolutionParameters& parameters, int firstChannel) {
#pragma unroll
            for (int i = 0; i < 2; ++i) {
                const int channel = firstChannel + i;
                if (channel >= parameters.channels)
                    continue;
                bias[i] = parameters.bias[channel];
#pragma unroll
                for (int t = 0; t < mostTaps; ++t) {
                    const int tap = t - (mostTaps - parameters.taps);
                    if (tap >= 0)
                        weight[i][t] = parameters.weight[channel * parameters.taps + tap];
                }
            }
        }
        DEVICE void sum(const u32 (&window)[mostTaps], float (&sums)[2]) const {
            sums[0] = bias[0];
            sums[1] = bias[1];
#pragma unroll
            for (int t = 0; t < mostTaps; ++t) {
                sums[0] += weight[0][t] * low16(window[t]);
                sums[1] += weight[1][t] * high16(window[t]);
            }
        }
    };

    /// @param firstChannel of the tile
    DEVICE void convolve(u16* tile, int stride, const ConvolutionParameters& parameters,
                         int firstChannel) const {
        const Filter filter(parameters, firstChannel + 2 * pair);
        u32 window[mostTaps] = {0, before[0], before[1], before[2]};
#pragma unroll 4
        for (int p = strip * stripLength; p < (strip + 1) * stripLength; ++p) {
            u16* at = tile + p * stride + 2 * pair;
            advance(window, pairAt(at));
            float sums[2];
            filter.sum(window, sums);
            storePair(at, sums[0] * sigmoid(sums[0]), sums[1] * sigmoid(sums[1]));
        }
    }

    /// Partial sums of the gradients of the parameters, by strip.
    struct Shares {
        float (*weight)[mostTaps][columns]; ///< [strips]
        float (*bias)[columns];             ///< [strips]
    };

    /// The gradient of the tokens before the convolution, from -halo on, as far as it depends on this chunk's
    /// results: the last `halo` positions of a chunk also depend on those of the next one.
    /// @param tile before the convolution
    /// @param gradients of the results, [chunkLength, gradientStride]
    /// @param write called with position, column of the tile, and the gradients of two channels
    template <class Write>
    DEVICE void differentiate(const u16* tile, int stride, const float* gradients, int gradientStride,
                              const ConvolutionParameters& parameters, int firstChannel, const Shares& shares,
                              const Write& write) const {
        const Filter filter(parameters, firstChannel + 2 * pair);
        u32 window[mostTaps] = {0, before[0], before[1], before[2]};
        float gradSums[mostTaps][2] = {}; // gradients of the last sums before silu
        float gradWeight[mostTaps][2] = {};
        float gradBias[2] = {};
        const int first = strip * stripLength;
        const int end = first + stripLength;
        // The token at p contributes to the sums up to p + halo, the last of which belong to the next strip.
#pragma unroll 1
        for (int p = first; p < end + halo; ++p) {
            const bool inside = p < chunkLength;
            advance(window, inside ? pairAt(tile + p * stride + 2 * pair) : 0);
            float sums[2];
            filter.sum(window, sums);
            float gradient[2];
#pragma unroll
            for (int i = 0; i < 2; ++i) {
                const float gate = sigmoid(sums[i]);
                gradient[i] = inside ? gradients[p * gradientStride + 2 * pair + i] : 0;
                gradient[i] *= gate * (1 + sums[i] * (1 - gate));
#pragma unroll
                for (int t = 0; t < halo; ++t)
                    gradSums[t][i] = gradSums[t + 1][i];
                gradSums[halo][i] = gradient[i];
            }
            if (p < end) {
#pragma unroll
                for (int t = 0; t < mostTaps; ++t) {
                    gradWeight[t][0] += gradient[0] * low16(window[t]);
                    gradWeight[t][1] += gradient[1] * high16(window[t]);
                }
                gradBias[0] += gradient[0];
                gradBias[1] += gradient[1];
            }
            if (strip > 0 && p < first + halo)
                continue; // the previous strip writes these
            float result[2] = {};
#pragma unroll
            for (int t = 0; t < mostTaps; ++t) {
                result[0] += filter.weight[0][halo - t] * gradSums[t][0];
                result[1] += filter.weight[1][halo - t] * gradSums[t][1];
            }
            write(p - halo, 2 * pair, result[0], result[1]);
        }
#pragma unroll
        for (int i = 0; i < 2; ++i) {
#pragma unroll
            for (int t = 0; t < mostTaps; ++t)
                shares.weight[strip][t][2 * pair + i] = gradWeight[t][i];
            shares.bias[strip][2 * pair + i] = gradBias[i];
        }
    }

private:
    DEVICE static void advance(u32 (&window)[mostTaps], u32 next) {
#pragma unroll
        for (int t = 0; t < halo; ++t)
            window[t] = window[t + 1];
        window[halo] = next;
    }
};
