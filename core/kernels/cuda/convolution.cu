// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Causal depthwise convolution and silu, from the first position of a row to the last or in reverse. The
// macro TAPS is the number of taps.
//
// A warp has 256 channels, eight per thread: 16 bytes of a token. It walks along a strip, consecutive
// positions of a row, and keeps the last TAPS tokens in registers. Positions are counted in scan order.
#include "core/kernels/cuda/intrinsics.cuh"

namespace convolution {

constexpr int lanes = 32;
constexpr int stripsAtOnce = 4; ///< per block, one per warp
constexpr int threads = lanes * stripsAtOnce;
constexpr int channelsAtOnce = lanes * 8;

/// Tokens of a row, by position in scan order.
template <class Number>
struct Tokens {
    Number* first;
    i64 step;

    DEVICE Tokens(Number* tokens, i64 stride, i64 row, int length, int backward)
        : first(tokens + (row * length + (backward ? length - 1 : 0)) * stride),
          step(backward ? -stride : stride) {}
    DEVICE Number* at(int position) const { return first + position * step; }
};

/// A strip: a row and a range of its positions.
struct Strip {
    i64 row;
    int begin; ///< first position
    int end;

    DEVICE Strip(int index, int length, int stripLength) {
        const int strips = (length + stripLength - 1) / stripLength;
        row = index / strips;
        begin = index % strips * stripLength;
        end = begin + stripLength < length ? begin + stripLength : length;
    }
};

/// Weights of eight channels.
struct Filter {
    float weight[TAPS][8]; ///< the last tap reads the position itself
    float bias[8];

    DEVICE Filter(const float* weights, const float* biases, int channel) {
        float together[8 * TAPS];
#pragma unroll
        for (int i = 0; i < 8 * TAPS; i += 4) {
            const Four four = load(weights + channel * TAPS + i);
#pragma unroll
            for (int j = 0; j < 4; ++j)
                together[i + j] = four.number[j];
        }
#pragma unroll
        for (int i = 0; i < 8; ++i) {
            bias[i] = biases[channel + i];
#pragma unroll
            for (int tap = 0; tap < TAPS; ++tap)
                weight[tap][i] = together[i * TAPS + tap];
        }
    }
};

/// The last TAPS tokens of eight channels, kept as bfloat16 to need half the registers.
struct Window {
    Eight tap[TAPS] = {};

    DEVICE void advance(const Eight& next) {
#pragma unroll
        for (int t = 0; t + 1 < TAPS; ++t)
            tap[t] = tap[t + 1];
        tap[TAPS - 1] = next;
    }
    /// Reads the tokens before a position.
    DEVICE void fill(const Tokens<const u16>& tokens, int position) {
#pragma unroll
        for (int before = TAPS - 1; before > 0; --before)
            advance(position >= before ? load(tokens.at(position - before)) : Eight{});
    }
    DEVICE float number(int t, int i) const {
        return i % 2 == 0 ? low16(tap[t].pair[i / 2]) : high16(tap[t].pair[i / 2]);
    }
    DEVICE float sum(const Filter& filter, int i) const {
        float result = filter.bias[i];
#pragma unroll
        for (int t = 0; t < TAPS; ++t)
            result += filter.weight[t][i] * number(t, i);
        return result;
    }
};

} // namespace convolution

/// Grid: strips / stripsAtOnce, channels / channelsAtOnce.
/// @param x [rows, length, stride], its first `channels` columns
/// @param weight [channels, TAPS], aligned to 16 bytes
/// @param out [rows, length, channels]
HEADROOM_KERNEL void __launch_bounds__(convolution::threads)
    convolveForward(const u16* __restrict__ x, i64 stride, const float* __restrict__ weight,
                    const float* __restrict__ bias, u16* __restrict__ out, int length, int channels,
                    int strips, int stripLength, int backward) {
    using namespace convolution;
    const int channel = (static_cast<int>(blockIdx.y) * lanes + static_cast<int>(threadIdx.x) % lanes) * 8;
    const int index = static_cast<int>(blockIdx.x) * stripsAtOnce + static_cast<int>(threadIdx.x) / lanes;
    if (channel >= channels || index >= strips)
        return;
    const Strip strip(index, length, stripLength);
    const Tokens<const u16> source(x + channel, stride, strip.row, length, backward);
    const Tokens<u16> target(out + channel, channels, strip.row, length, backward);
    const Filter filter(weight, bias, channel);
    Window window;
    window.fill(source, strip.begin);
    constexpr int ahead = 4; // loads in flight
    for (int first = strip.begin; first < strip.end; first += ahead) {
        Eight tokens[ahead] = {};
#pragma unroll
        for (int i = 0; i < ahead; ++i)
            if (first + i < strip.end)
                tokens[i] = load(source.at(first + i));
#pragma unroll
        for (int i = 0; i < ahead; ++i) {
            if (first + i >= strip.end)
                break;
            window.advance(tokens[i]);
            float result[8];
#pragma unroll
            for (int c = 0; c < 8; ++c) {
                const float sum = window.sum(filter, c);
                result[c] = sum * sigmoid(sum);
            }
            store(target.at(first + i), narrowed(result));
        }
    }
}
