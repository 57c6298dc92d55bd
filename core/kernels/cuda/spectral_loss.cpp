// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/spectral_loss.h"

#include "core/kernels/cuda/kernel_tensors.h"
#include "core/kernels/cuda/launcher.h"
#include "core/kernels/cuda/sum_shares.h"
#include "core/support/rounding.h"

#include <ATen/ops/empty.h>

#include <limits>

namespace headroom {
namespace {

// As in spectral_loss.cu.
constexpr unsigned spectralThreads = 256;
constexpr std::int64_t binsPerThread = 16;

constexpr std::int64_t mostNumbers = std::numeric_limits<int>::max();

} // namespace

at::Tensor sumModuli(const at::Tensor& spectrum, std::int64_t nFft, double weight) {
    const auto bins = nFft / 2 + 1;
    TORCH_CHECK(spectrum.scalar_type() == at::kComplexFloat && spectrum.is_contiguous() &&
                    spectrum.size(-1) == bins && spectrum.numel() <= mostNumbers,
                "a spectrum must be contiguous complex64 numbers, ", bins, " per frame");
    const auto blocks = divideUp(spectrum.numel(), binsPerThread * spectralThreads);
    const at::Tensor shares = at::empty({blocks}, spectrum.options().dtype(at::kFloat));
    reportLaunch(bytesOf(spectrum) * (weight == 0 ? 1 : 2) + bytesOf(shares));
    if (!spectrum.is_meta())
        launch(spectrum.device(), {"spectral_loss", "sumModuli"}, {static_cast<unsigned>(blocks)},
               spectralThreads, 0, static_cast<float*>(spectrum.data_ptr()), floatData(shares),
               static_cast<int>(spectrum.numel()), static_cast<int>(bins), static_cast<int>(nFft % 2 == 0),
               static_cast<float>(weight));
    return sumShares(shares);
}

void addFrames(const at::Tensor& frames, const at::Tensor& window, std::int64_t hop, const at::Tensor& sums) {
    const auto count = frames.size(1);
    const auto width = frames.size(2);
    const auto samples = hop * (count - 1) + width;
    checkParameters(window, width, "the window");
    TORCH_CHECK(frames.scalar_type() == at::kFloat && sums.scalar_type() == at::kFloat &&
                    frames.stride(2) == 1 && sums.stride(1) == 1,
                "frames and signals must be float32 and dense");
    TORCH_CHECK(sums.size(0) == frames.size(0) && sums.size(1) == samples && samples <= mostNumbers,
                "the signals do not have the length of ", count, " frames");
    reportLaunch(bytesOf(frames) + 2 * bytesOf(sums) + bytesOf(window));
    if (!frames.is_meta())
        launch(frames.device(), {"spectral_loss", "addFrames"},
               {static_cast<unsigned>(divideUp(samples, spectralThreads)),
                static_cast<unsigned>(frames.size(0))},
               spectralThreads, 0, floatData(frames), frames.stride(0), frames.stride(1),
               static_cast<int>(count), floatData(window), static_cast<int>(width), static_cast<int>(hop),
               floatData(sums), sums.stride(0), static_cast<int>(samples));
}

} // namespace headroom
