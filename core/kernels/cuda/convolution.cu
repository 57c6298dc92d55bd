// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Causal depthwise convolution and silu, from the first position of a row to the last or in reverse. The
// macro TAPS is the number of taps.
//
// A thread has 16 bytes of a token, eight channels in bfloat16 and four in float32, and a warp the channels
// of 32 threads. It walks along a strip, consecutive positions of a row, and keeps the last TAPS tokens in
// registers. Positions are counted in scan order.
#include "core/kernels/cuda/number_type.cuh"
#include "core/kernels/cuda/numbers.cuh"

namespace convolution {

constexpr int lanes = 32;
constexpr int stripsAtOnce = 4; ///< per block, one per warp
constexpr int threads = lanes * stripsAtOnce;
constexpr int each = sizeof(Vector) / sizeof(Number); ///< channels of a thread
constexpr int channelsAtOnce = lanes * each;

/// Tokens of a row, by position in scan order.
template <class Token>
struct Tokens {
    Token* first;
    i64 step;

    /// @param stride numbers from a token to the next
    DEVICE Tokens(Token* row, i64 stride, int length, int backward)
        : first(row + (backward ? length - 1 : 0) * stride), step(backward ? -stride : stride) {}
    DEVICE Token* at(int position) const { return first + position * step; }
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

/// Weights of the channels of a thread.
struct Filter {
    float weight[TAPS][each]; ///< the last tap reads the position itself
    float bias[each];

    DEVICE Filter(const float* weights, const float* biases, int channel) {
        float together[each * TAPS];
#pragma unroll
        for (int i = 0; i < each * TAPS; i += 4) {
            const Four four = load(weights + channel * TAPS + i);
#pragma unroll
            for (int j = 0; j < 4; ++j)
                together[i + j] = four.number[j];
        }
#pragma unroll
        for (int i = 0; i < each; ++i) {
            bias[i] = biases[channel + i];
#pragma unroll
            for (int tap = 0; tap < TAPS; ++tap)
                weight[tap][i] = together[i * TAPS + tap];
        }
    }
};

/// The last TAPS tokens of the channels of a thread, as they were loaded: bfloat16 needs half the registers.
struct Window {
    Vector tap[TAPS] = {};

    DEVICE void advance(const Vector& next) {
#pragma unroll
        for (int t = 0; t + 1 < TAPS; ++t)
            tap[t] = tap[t + 1];
        tap[TAPS - 1] = next;
    }
    /// Reads the tokens before a position.
    DEVICE void fill(const Tokens<const Number>& tokens, int position) {
#pragma unroll
        for (int before = TAPS - 1; before > 0; --before)
            advance(position >= before ? load(tokens.at(position - before)) : Vector{});
    }
    DEVICE float number(int t, int i) const {
        return numberAt(tap[t], i);
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
/// @param out [rows, length, channels], its rows `outRow` numbers apart
HEADROOM_KERNEL void __launch_bounds__(convolution::threads)
    convolveForward(const Number* __restrict__ x, i64 stride, const float* __restrict__ weight,
                    const float* __restrict__ bias, Number* __restrict__ out, i64 outRow, int length,
                    int channels, int strips, int stripLength, int backward) {
    using namespace convolution;
    const int channel = (static_cast<int>(blockIdx.y) * lanes + static_cast<int>(threadIdx.x) % lanes) * each;
    const int index = static_cast<int>(blockIdx.x) * stripsAtOnce + static_cast<int>(threadIdx.x) / lanes;
    if (channel >= channels || index >= strips)
        return;
    const Strip strip(index, length, stripLength);
    const Tokens<const Number> source(x + strip.row * length * stride + channel, stride, length, backward);
    const Tokens<Number> target(out + strip.row * outRow + channel, channels, length, backward);
    const Filter filter(weight, bias, channel);
    Window window;
    window.fill(source, strip.begin);
    constexpr int ahead = 4; // loads in flight
    for (int first = strip.begin; first < strip.end; first += ahead) {
        Vector tokens[ahead] = {};
#pragma unroll
        for (int i = 0; i < ahead; ++i)
            if (first + i < strip.end)
                tokens[i] = load(source.at(first + i));
#pragma unroll
        for (int i = 0; i < ahead; ++i) {
            if (first + i >= strip.end)
                break;
            window.advance(tokens[i]);
            float result[each];
#pragma unroll
            for (int c = 0; c < each; ++c) {
                const float sum = window.sum(filter, c);
                result[c] = sum * sigmoidFor<Number>(sum);
            }
            store(target.at(first + i), narrowed(result));
        }
    }
}

/// Gradient of x, and for each block in x a partial sum of the gradients of weight and bias. A block
/// processes every gridDim.x-th group of strips.
/// @param gradOut [rows, length, channels], its rows `gradRow` numbers apart
/// @param gradX [rows, length, stride], its first `channels` columns
/// @param weightShares [blocks, channels, TAPS]
/// @param biasShares [blocks, channels]
HEADROOM_KERNEL void __launch_bounds__(convolution::threads)
    convolveBackward(const Number* __restrict__ x, i64 stride, const float* __restrict__ weight,
                     const float* __restrict__ bias, const Number* __restrict__ gradOut, i64 gradRow,
                     Number* __restrict__ gradX, float* __restrict__ weightShares,
                     float* __restrict__ biasShares, int length, int channels, int strips, int stripLength,
                     int backward) {
    using namespace convolution;
    __shared__ float weightSums[stripsAtOnce][channelsAtOnce * TAPS];
    __shared__ float biasSums[stripsAtOnce][channelsAtOnce];
    const int thread = static_cast<int>(threadIdx.x);
    const int lane = thread % lanes;
    const int warp = thread / lanes;
    const int firstChannel = static_cast<int>(blockIdx.y) * channelsAtOnce;
    const int channel = firstChannel + lane * each;

    float gradWeight[TAPS][each] = {};
    float gradBias[each] = {};
    if (channel < channels) {
        const Filter filter(weight, bias, channel);
        for (int index = static_cast<int>(blockIdx.x) * stripsAtOnce + warp; index < strips;
             index += static_cast<int>(gridDim.x) * stripsAtOnce) {
            const Strip strip(index, length, stripLength);
            const i64 ofRow = strip.row * length * stride + channel;
            const Tokens<const Number> source(x + ofRow, stride, length, backward);
            const Tokens<const Number> gradients(gradOut + strip.row * gradRow + channel, channels, length,
                                                 backward);
            const Tokens<Number> target(gradX + ofRow, stride, length, backward);
            Window window;
            window.fill(source, strip.begin);
            float gradSums[TAPS][each] = {}; // gradients of the last TAPS sums before silu
            // The token at p contributes to the sums up to p + TAPS - 1, the last of which belong to the
            // next strip.
            const int end = strip.end + TAPS - 1;
            constexpr int ahead = 2; // positions whose loads are in flight
            for (int first = strip.begin; first < end; first += ahead) {
                Vector tokens[ahead] = {};
                Vector grads[ahead] = {};
#pragma unroll
                for (int i = 0; i < ahead; ++i) {
                    const int p = first + i;
                    if (p < end && p < length) {
                        tokens[i] = load(source.at(p));
                        grads[i] = load(gradients.at(p));
                    }
                }
#pragma unroll
                for (int i = 0; i < ahead; ++i) {
                    const int p = first + i;
                    if (p >= end)
                        break;
                    window.advance(tokens[i]);
                    float gradient[each]; // 0 past the end of the row
                    widen(grads[i], gradient);
#pragma unroll
                    for (int c = 0; c < each; ++c) {
                        const float sum = window.sum(filter, c);
                        const float gate = sigmoidFor<Number>(sum);
                        gradient[c] *= gate * (1 + sum * (1 - gate));
#pragma unroll
                        for (int t = 0; t < TAPS; ++t)
                            gradSums[t][c] = t + 1 < TAPS ? gradSums[t + 1][c] : gradient[c];
                    }
                    if (p < strip.end) {
#pragma unroll
                        for (int c = 0; c < each; ++c) {
                            gradBias[c] += gradient[c];
#pragma unroll
                            for (int t = 0; t < TAPS; ++t)
                                gradWeight[t][c] += gradient[c] * window.number(t, c);
                        }
                    }
                    if (p < strip.begin + TAPS - 1)
                        continue;
                    float result[each] = {};
#pragma unroll
                    for (int c = 0; c < each; ++c) {
#pragma unroll
                        for (int t = 0; t < TAPS; ++t)
                            result[c] += filter.weight[TAPS - 1 - t][c] * gradSums[t][c];
                    }
                    store(target.at(p - (TAPS - 1)), narrowed(result));
                }
            }
        }
    }
#pragma unroll
    for (int c = 0; c < each; ++c) {
        biasSums[warp][lane * each + c] = gradBias[c];
#pragma unroll
        for (int t = 0; t < TAPS; ++t)
            weightSums[warp][(lane * each + c) * TAPS + t] = gradWeight[t][c];
    }
    syncBlock();
    const int here = channels - firstChannel < channelsAtOnce ? channels - firstChannel : channelsAtOnce;
    const i64 share = static_cast<i64>(blockIdx.x) * channels + firstChannel;
    for (int i = thread; i < here; i += threads) {
        float sum = 0;
        for (int w = 0; w < stripsAtOnce; ++w)
            sum += biasSums[w][i];
        biasShares[share + i] = sum;
    }
    for (int i = thread; i < here * TAPS; i += threads) {
        float sum = 0;
        for (int w = 0; w < stripsAtOnce; ++w)
            sum += weightSums[w][i];
        weightShares[share * TAPS + i] = sum;
    }
}
