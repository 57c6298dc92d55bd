// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dsp/frame_sum.h"

#include "core/support/rounding.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headroom {

at::Tensor sumFrames(const at::Tensor& frames, const at::Tensor& window, std::int64_t hop) {
    const auto rows = frames.size(0);
    const auto count = frames.size(1);
    const auto width = frames.size(2);
    // Cut every frame into blocks of one hop. Block i of a frame is shifted by i hops, and equal blocks of
    // different frames never overlap. This needs one strided sum per block, in a fixed order, and no scatter.
    const auto blocks = divideUp(width, hop);
    const at::Tensor sum = at::zeros({rows, count - 1 + blocks, hop}, frames.options());
    for (std::int64_t i = 0; i < blocks; ++i) {
        const auto samples = std::min(hop, width - i * hop);
        sum.narrow(1, i, count)
            .narrow(2, 0, samples)
            .addcmul_(frames.narrow(2, i * hop, samples), window.narrow(0, i * hop, samples));
    }
    return sum.view({rows, -1}).narrow(1, 0, hop * (count - 1) + width);
}

} // namespace headroom
