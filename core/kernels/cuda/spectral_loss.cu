// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of the loss between its Fourier transforms: moduli of spectra, and overlap-add of frames.
#include "core/kernels/cuda/block_sum.cuh"

namespace spectral_loss {

constexpr int threads = 256;
constexpr int warps = threads / 32;
constexpr int pairsPerThread = 8; ///< of bins

/// How the gradient follows from a spectrum.
struct Gradient {
    float weight; ///< of each modulus; 0: no gradient is wanted
    u32 bins;     ///< of a frame
    bool hasMiddle;
};

/// Returns the modulus of bin `index` and replaces the bin by its gradient. The inverse of a one-sided
/// transform counts every bin twice except the first and, for an even length, the last.
DEVICE float modulus(float& real, float& imaginary, u32 index, const Gradient& gradient) {
    // Below this, squares are denormal in float32, and the gradient decreases to 0.
    constexpr float smallest = 1e-18F;
    const float size = squareRoot(real * real + imaginary * imaginary);
    const u32 bin = index % gradient.bins;
    const bool once = bin == 0 || (gradient.hasMiddle && bin == gradient.bins - 1);
    const float factor = gradient.weight * (once ? 1.0F : 0.5F) / (size < smallest ? smallest : size);
    real *= factor;
    imaginary *= factor;
    return size;
}

} // namespace spectral_loss

/// A partial sum of the moduli for each block, and the gradients in place. Grid: bins / (2 pairsPerThread
/// threads).
/// @param spectrum [count] pairs of real and imaginary part
/// @param shares one per block
HEADROOM_KERNEL void __launch_bounds__(spectral_loss::threads)
    sumModuli(float* __restrict__ spectrum, float* __restrict__ shares, int count, int bins, int hasMiddle,
              float weight) {
    using namespace spectral_loss;
    __shared__ float parts[warps];
    const int thread = static_cast<int>(threadIdx.x);
    const Gradient gradient{weight, static_cast<u32>(bins), hasMiddle != 0};
    const i64 begin = static_cast<i64>(blockIdx.x) * 2 * pairsPerThread * threads;
    float sum = 0;
#pragma unroll
    for (int i = 0; i < pairsPerThread; ++i) {
        const i64 index = begin + 2 * (i * threads + thread);
        float* const place = spectrum + 2 * index;
        const u32 first = static_cast<u32>(index);
        if (index + 1 < count) {
            Four two = loadMutable(place);
            sum += modulus(two.number[0], two.number[1], first, gradient);
            sum += modulus(two.number[2], two.number[3], first + 1, gradient);
            if (weight != 0)
                store(place, two);
        } else if (index < count) {
            float real = place[0];
            float imaginary = place[1];
            sum += modulus(real, imaginary, first, gradient);
            if (weight != 0) {
                place[0] = real;
                place[1] = imaginary;
            }
        }
    }
    sum = blockSum(sum, parts);
    if (thread == 0)
        shares[blockIdx.x] = sum;
}

/// Adds windowed frames at a distance of `hop` samples to signals. Grid: samples / threads, rows.
/// @param frames [rows, count, width], with strides
/// @param sums [rows, samples], with a stride
HEADROOM_KERNEL void __launch_bounds__(spectral_loss::threads)
    addFrames(const float* __restrict__ frames, i64 rowStride, i64 frameStride, int count,
              const float* __restrict__ window, int width, int hop, float* __restrict__ sums, i64 sumStride,
              int samples) {
    const int sample = static_cast<int>(blockIdx.x * spectral_loss::threads + threadIdx.x);
    if (sample >= samples)
        return;
    const int last = sample / hop < count ? sample / hop : count - 1;
    const int first = sample < width ? 0 : (sample - width) / hop + 1;
    const float* const row = frames + blockIdx.y * rowStride;
    float sum = 0;
    for (int frame = last; frame >= first; --frame) {
        const int within = sample - frame * hop;
        sum += row[frame * frameStride + within] * window[within];
    }
    sums[blockIdx.y * sumStride + sample] += sum;
}
