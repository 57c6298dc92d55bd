// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/convolution.h"

#include "core/kernels/cuda/kernel_tensors.h"
#include "core/kernels/cuda/launcher.h"
#include "core/kernels/cuda/sum_shares.h"
#include "core/support/rounding.h"

#include <ATen/ops/empty.h>

#include <algorithm>

namespace headroom {
namespace {

// As in convolution.cu.
constexpr std::int64_t stripsAtOnce = 4;
constexpr unsigned convolutionThreads = 128;

struct Sizes {
    at::ScalarType type;
    std::int64_t multiple; ///< of channels, which a thread has
    std::int64_t stride;   ///< of projected tokens
    int rows;
    int length;
    int channels;
    int taps;
    int strips; ///< of all rows
    int stripLength;
    int backward;

    /// @param out the result, or its gradient
    Sizes(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& weight,
          const at::Tensor& bias, const at::Tensor& out, bool isBackward)
        : type(projected.scalar_type()), multiple(type == at::kFloat ? 4 : 8) {
        constexpr std::int64_t longestStrip = 64;
        constexpr std::int64_t mostTaps = 4;
        checkViewedTokens(projected, type, "projected");
        checkViewedTokens(out, type, "the convolved tokens");
        stride = tokenStride(projected, "projected");
        const auto count = out.size(2);
        TORCH_CHECK(firstColumn % multiple == 0 && count % multiple == 0 &&
                        firstColumn + count <= projected.size(2),
                    "columns ", firstColumn, " to ", firstColumn + count, " of ", projected.size(2),
                    " are not groups of ", multiple);
        TORCH_CHECK(out.size(0) == projected.size(0) && out.size(1) == projected.size(1),
                    "the convolution has other tokens than projected");
        TORCH_CHECK(weight.dim() == 3 && weight.size(2) >= 1 && weight.size(2) <= mostTaps,
                    "the convolution has 1 to 4 taps, not ", weight.size(-1));
        TORCH_CHECK(count <= weight.size(0) && (weight.size(0) - count) % multiple == 0,
                    "the convolution has no last ", count, " of ", weight.size(0), " channels");
        checkParameters(weight, weight.size(0) * weight.size(2), "the weight of the convolution");
        checkParameters(bias, weight.size(0), "the bias of the convolution");
        const auto perRow = divideUp(projected.size(1), longestStrip);
        rows = static_cast<int>(projected.size(0));
        length = static_cast<int>(projected.size(1));
        channels = static_cast<int>(count);
        taps = static_cast<int>(weight.size(2));
        stripLength = static_cast<int>(divideUp(length, perRow));
        strips = static_cast<int>(rows * divideUp(length, stripLength));
        backward = isBackward ? 1 : 0;
    }

    /// @param tokens tokens that a strip reads from its neighbor
    double bytesReadTwice(int tokens) const {
        return static_cast<double>(c10::elementSize(type)) * (strips - rows) * tokens * channels;
    }

    CudaKernel kernel(const char* function) const {
        CudaKernel ofType = kernelFor(type, "convolution", function);
        ofType.macros.emplace_back("TAPS", taps);
        return ofType;
    }
    LaunchGrid grid(std::int64_t blocks) const {
        constexpr std::int64_t lanes = 32;
        return {static_cast<unsigned>(blocks), static_cast<unsigned>(divideUp(channels, lanes * multiple))};
    }
};

} // namespace

void convolveForward(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& weight,
                     const at::Tensor& bias, const at::Tensor& out, bool backward) {
    const Sizes sizes(projected, firstColumn, weight, bias, out, backward);
    const auto firstChannel = weight.size(0) - out.size(2);
    const auto outRow = rowStride(out, "the convolved tokens");
    reportLaunch(2 * bytesOf(out) + sizes.bytesReadTwice(sizes.taps - 1));
    if (!out.is_meta())
        launch(out.device(), sizes.kernel("convolveForward"),
               sizes.grid(divideUp(sizes.strips, stripsAtOnce)), convolutionThreads, 0,
               numberData(projected, firstColumn), sizes.stride,
               floatData(weight) + firstChannel * sizes.taps, floatData(bias) + firstChannel, numberData(out),
               outRow, sizes.length, sizes.channels, sizes.strips, sizes.stripLength, sizes.backward);
}

ConvolutionGradients convolveBackward(const at::Tensor& projected, std::int64_t firstColumn,
                                      const at::Tensor& weight, const at::Tensor& bias,
                                      const at::Tensor& gradOut, const at::Tensor& gradProjected,
                                      bool backward) {
    constexpr std::int64_t mostShares = 256; // enough blocks to fill any card, and still few partial sums
    const Sizes sizes(projected, firstColumn, weight, bias, gradOut, backward);
    checkViewedTokens(gradProjected, sizes.type, "the gradient of projected");
    TORCH_CHECK(gradOut.size(2) == weight.size(0) && gradProjected.sizes() == projected.sizes() &&
                    tokenStride(gradProjected, "the gradient of projected") == sizes.stride,
                "the gradients of the convolution have other shapes than their tensors");
    const auto gradRow = rowStride(gradOut, "the gradient of the convolution");
    const auto blocks = std::min<std::int64_t>(mostShares, divideUp(sizes.strips, stripsAtOnce));
    const at::Tensor weightShares = at::empty({blocks, sizes.channels, 1, sizes.taps}, weight.options());
    const at::Tensor biasShares = at::empty({blocks, sizes.channels}, weight.options());
    reportLaunch(3 * bytesOf(gradOut) + sizes.bytesReadTwice(3 * (sizes.taps - 1)) + bytesOf(weightShares) +
                 bytesOf(biasShares));
    if (!gradOut.is_meta())
        launch(gradOut.device(), sizes.kernel("convolveBackward"), sizes.grid(blocks), convolutionThreads, 0,
               numberData(projected, firstColumn), sizes.stride, floatData(weight), floatData(bias),
               numberData(gradOut), gradRow, numberData(gradProjected, firstColumn), floatData(weightShares),
               floatData(biasShares), sizes.length, sizes.channels, sizes.strips, sizes.stripLength,
               sizes.backward);
    return {sumShares(weightShares), sumShares(biasShares)};
}

} // namespace headroom
