// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The convolution of convolution.cu, with silu, on a chunk of tokens in shared memory, in place. A thread has
// two channels of a strip, consecutive positions.
#pragma once

#include "core/kernels/cuda/scan.cuh"

/// Parameters of the convolution for the channels of x.
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

    /// @param firstChannel of the tile
    DEVICE void convolve(u16* tile, int stride, const ConvolutionParameters& parameters,
                         int firstChannel) const {
        float weight[2][mostTaps] = {};
        float bias[2] = {};
#pragma unroll
        for (int i = 0; i < 2; ++i) {
            const int channel = firstChannel + 2 * pair + i;
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
        u32 window[mostTaps] = {0, before[0], before[1], before[2]};
#pragma unroll 4
        for (int p = strip * stripLength; p < (strip + 1) * stripLength; ++p) {
            u16* at = tile + p * stride + 2 * pair;
#pragma unroll
            for (int t = 0; t < halo; ++t)
                window[t] = window[t + 1];
            window[halo] = pairAt(at);
            float sums[2] = {bias[0], bias[1]};
#pragma unroll
            for (int t = 0; t < mostTaps; ++t) {
                sums[0] += weight[0][t] * low16(window[t]);
                sums[1] += weight[1][t] * high16(window[t]);
            }
            storePair(at, sums[0] * sigmoid(sums[0]), sums[1] * sigmoid(sums[1]));
        }
    }
};
