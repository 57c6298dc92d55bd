// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/band_mask.h"

#include "core/kernels/cuda/kernel_tensors.h"
#include "core/kernels/cuda/launcher.h"
#include "core/support/rounding.h"

#include <ATen/ops/empty.h>

#include <algorithm>

namespace headroom {
namespace {

/// A thread for each bin of each frame.
struct MaskLaunch {
    int frames;
    int bins;
    int width;
    int channels;
    LaunchGrid grid;
    unsigned threads;

    MaskLaunch(const at::Tensor& x, std::int64_t channelCount) : channels(static_cast<int>(channelCount)) {
        constexpr std::int64_t warp = 32;
        constexpr std::int64_t mostThreads = 256;
        checkNumbers(x, "values and gates of masks");
        TORCH_CHECK(x.dim() == 4 && x.size(3) % (4 * channelCount) == 0, "masks of ", channelCount,
                    " channels have no rows of ", x.size(-1), " numbers");
        frames = static_cast<int>(x.size(2));
        width = static_cast<int>(x.size(3) / (4 * channelCount));
        bins = static_cast<int>(x.size(0)) * width;
        threads = static_cast<unsigned>(std::min(mostThreads, roundUp(std::int64_t{bins}, warp)));
        grid = {static_cast<unsigned>(x.size(1) * x.size(2)), divideUp(static_cast<unsigned>(bins), threads)};
    }
};

} // namespace

at::Tensor bandMaskForward(const at::Tensor& x, std::int64_t channels) {
    const MaskLaunch launched(x, channels);
    at::Tensor mask =
        at::empty({x.size(1), channels, x.size(2), launched.bins, 2}, x.options().dtype(at::kFloat));
    reportLaunch(bytesOf(x) + bytesOf(mask));
    if (!x.is_meta())
        launch(x.device(), kernelFor(x.scalar_type(), "band_mask", "bandMaskForward"), launched.grid,
               launched.threads, 0, numberData(x), floatData(mask), launched.frames, launched.bins,
               launched.width, launched.channels);
    return mask;
}

at::Tensor bandMaskBackward(const at::Tensor& x, const at::Tensor& gradMask) {
    const MaskLaunch launched(x, gradMask.size(1));
    TORCH_CHECK(gradMask.scalar_type() == at::kFloat && gradMask.stride(4) == 1 && gradMask.stride(3) == 2 &&
                    gradMask.size(0) == x.size(1) && gradMask.size(2) == x.size(2) &&
                    gradMask.size(3) == launched.bins,
                "the gradient of a mask must be float32, and dense in its bins");
    at::Tensor gradX = at::empty(x.sizes(), x.options());
    reportLaunch(2 * bytesOf(x) + bytesOf(gradMask));
    if (!x.is_meta())
        launch(x.device(), kernelFor(x.scalar_type(), "band_mask", "bandMaskBackward"), launched.grid,
               launched.threads, 0, numberData(x), floatData(gradMask), gradMask.stride(0),
               gradMask.stride(1), gradMask.stride(2), numberData(gradX), launched.frames, launched.bins,
               launched.width, launched.channels);
    return gradX;
}

} // namespace headroom
