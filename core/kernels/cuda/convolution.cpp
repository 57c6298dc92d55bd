// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/convolution.h"

#include "core/kernels/cuda/kernel_tensors.h"
#include "core/kernels/cuda/launcher.h"
#include "core/support/rounding.h"

#include <ATen/ops/empty.h>

namespace headroom {
namespace {

// As in convolution.cu.
constexpr std::int64_t stripsAtOnce = 4;
constexpr std::int64_t channelsAtOnce = 256;
constexpr unsigned convolutionThreads = 128;

struct Sizes {
    int rows;
    int length;
    int channels;
    int taps;
    int strips; ///< of all rows
    int stripLength;
    int backward;

    Sizes(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& weight,
          const at::Tensor& bias, std::int64_t firstChannel, bool isBackward) {
        constexpr std::int64_t longestStrip = 64;
        constexpr std::int64_t mostTaps = 4;
        checkTokens(projected, "projected");
        const auto count = weight.size(0) - firstChannel;
        TORCH_CHECK(projected.dim() == 3 && firstColumn % 8 == 0 && firstChannel % 8 == 0 && count > 0 &&
                        count % 8 == 0 && firstColumn + count <= projected.size(2),
                    "columns ", firstColumn, " to ", firstColumn + count, " of ", projected.size(-1),
                    " are not groups of eight");
        TORCH_CHECK(weight.dim() == 3 && weight.size(2) >= 1 && weight.size(2) <= mostTaps,
                    "the convolution has 1 to 4 taps, not ", weight.size(-1));
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
    double bytesReadTwice(int tokens) const { return 2.0 * (strips - rows) * tokens * channels; }
};

} // namespace

at::Tensor convolveForward(const at::Tensor& projected, std::int64_t firstColumn, const at::Tensor& weight,
                           const at::Tensor& bias, std::int64_t firstChannel, bool backward) {
    const Sizes sizes(projected, firstColumn, weight, bias, firstChannel, backward);
    at::Tensor out = at::empty({projected.size(0), projected.size(1), sizes.channels}, projected.options());
    reportLaunch(2 * bytesOf(out) + sizes.bytesReadTwice(sizes.taps - 1));
    if (!out.is_meta())
        launch(out.device(), {"convolution", "convolveForward", {{"TAPS", sizes.taps}}},
               {static_cast<unsigned>(divideUp(sizes.strips, stripsAtOnce)),
                static_cast<unsigned>(divideUp(sizes.channels, channelsAtOnce))},
               convolutionThreads, 0, tokenData(projected, firstColumn), projected.size(2),
               floatData(weight) + firstChannel * sizes.taps, floatData(bias) + firstChannel, tokenData(out),
               sizes.length, sizes.channels, sizes.strips, sizes.stripLength, sizes.backward);
    return out;
}

} // namespace headroom
