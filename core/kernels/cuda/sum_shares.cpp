// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/sum_shares.h"

#include "core/kernels/cuda/kernel_tensors.h"
#include "core/kernels/cuda/launcher.h"
#include "core/support/rounding.h"

#include <ATen/ops/empty.h>

namespace headroom {

at::Tensor sumShares(const at::Tensor& shares) {
    checkParameters(shares, shares.numel(), "shares");
    constexpr std::int64_t numbersAtOnce = 32;
    constexpr unsigned threads = 512;
    at::Tensor sums = at::empty(shares.sizes().slice(1), shares.options());
    const auto numbers = sums.numel();
    reportLaunch(bytesOf(shares) + bytesOf(sums));
    if (!shares.is_meta())
        launch(shares.device(), {"sum_shares", "sumShares"},
               {static_cast<unsigned>(divideUp(numbers, numbersAtOnce))}, threads, 0, floatData(shares),
               static_cast<int>(shares.size(0)), static_cast<int>(numbers), floatData(sums));
    return sums;
}

} // namespace headroom
