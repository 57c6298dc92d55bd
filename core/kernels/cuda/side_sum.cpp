// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/side_sum.h"

#include "core/kernels/cpu/gated_norm_token.h"
#include "core/kernels/cuda/kernel_tensors.h"
#include "core/kernels/cuda/launcher.h"
#include "core/support/rounding.h"

namespace headroom {
namespace {

// As in side_sum.cu.
constexpr unsigned sideSumThreads = 256;

} // namespace

at::Tensor sumOfSides(const std::vector<SideProduct>& sides, std::int64_t inner) {
    TORCH_CHECK(sides.size() == 1 || sides.size() == 2, "a mixer has one side or two, not ", sides.size());
    const at::Tensor& sum = sides.front().product;
    const at::Tensor& squares = sides.front().squares;
    double bytes = bytesOf(sum); // written
    for (const SideProduct& side : sides) {
        checkTokens(side.product, "the product of a side");
        checkParameters(side.squares, squares.numel(), "the squares of a side");
        TORCH_CHECK(side.product.sizes() == sum.sizes() && squares.numel() % tokenCount(sum) == 0,
                    "the sides of a mixer have different tokens");
        bytes += bytesOf(side.product) + bytesOf(side.squares);
    }
    const SideProduct second = sides.size() == 2 ? sides[1] : SideProduct{};
    reportLaunch(bytes);
    if (!sum.is_meta()) {
        constexpr std::int64_t perThread = 8;
        const auto blocks = divideUp(sum.numel(), perThread * sideSumThreads);
        launch(sum.device(), {"side_sum", "sumOfSides"}, {static_cast<unsigned>(blocks)}, sideSumThreads, 0,
               tokenData(sum), floatData(squares),
               second.product.defined() ? tokenData(second.product) : nullptr,
               second.squares.defined() ? floatData(second.squares) : nullptr, tokenData(sum),
               tokenCount(sum), static_cast<int>(sum.size(-1)),
               static_cast<int>(squares.numel() / tokenCount(sum)), static_cast<float>(inner),
               static_cast<float>(gatedNormEps));
    }
    return sum;
}

} // namespace headroom
