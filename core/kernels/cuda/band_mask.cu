// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The end of mask estimators: GLU, and from bands to bins.
#include "core/kernels/cuda/number_type.cuh"
#include "core/kernels/cuda/numbers.cuh"

namespace {

/// The numbers of a bin in one frame.
struct BinPlace {
    i64 token; ///< batch and frame
    i64 batch;
    i64 frame;
    int bin; ///< of all bands
    i64 own; ///< its first number in x, that of channel 0

    /// Grid: tokens, bins / blockDim.x.
    DEVICE BinPlace(int frames, int width, int channels)
        : token(blockIdx.x), batch(token / frames), frame(token % frames),
          bin(static_cast<int>(blockIdx.y * blockDim.x + threadIdx.x)),
          own((bin / width * static_cast<i64>(gridDim.x) + token) * 4 * width * channels +
              bin % width * 2 * channels) {}
};

} // namespace

/// mask = a sigmoid(b), a the first half and b the second half of a row of x. Grid: see BinPlace.
/// @param x [bands, batch, frames, 2, width, channels, 2]
/// @param mask [batch, channels, frames, bands * width, 2]
HEADROOM_KERNEL void bandMaskForward(const Number* __restrict__ x, float* __restrict__ mask, int frames,
                                     int bins, int width, int channels) {
    const BinPlace place(frames, width, channels);
    if (place.bin >= bins)
        return;
    const int half = 2 * width * channels;
    for (int channel = 0; channel < channels; ++channel) {
        const Pair a = loadPair(x + place.own + 2 * channel);
        const Pair b = loadPair(x + place.own + half + 2 * channel);
        const i64 line = (place.batch * channels + channel) * frames + place.frame;
        storePair(mask + (line * bins + place.bin) * 2,
                  {a.first * sigmoid(b.first), a.second * sigmoid(b.second)});
    }
}

/// Grid: see BinPlace.
/// @param gradMask as mask, with strides of the batch, channels and frames
/// @param gradX as x
HEADROOM_KERNEL void bandMaskBackward(const Number* __restrict__ x, const float* __restrict__ gradMask,
                                      i64 batchStride, i64 channelStride, i64 frameStride,
                                      Number* __restrict__ gradX, int frames, int bins, int width,
                                      int channels) {
    const BinPlace place(frames, width, channels);
    if (place.bin >= bins)
        return;
    const int half = 2 * width * channels;
    for (int channel = 0; channel < channels; ++channel) {
        const i64 own = place.own + 2 * channel;
        const Pair a = loadPair(x + own);
        const Pair b = loadPair(x + own + half);
        const Pair g = loadPair(gradMask + place.batch * batchStride + channel * channelStride +
                                place.frame * frameStride + 2 * place.bin);
        const Pair open = {sigmoid(b.first), sigmoid(b.second)};
        storePair(gradX + own, {g.first * open.first, g.second * open.second});
        storePair(gradX + own + half, {g.first * a.first * open.first * (1 - open.first),
                                       g.second * a.second * open.second * (1 - open.second)});
    }
}
