// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <cstdint>
#include <vector>

namespace headroom {

/// The geometry of a reduction of a tensor over some of its dimensions.
struct Reduction {
    struct Dimension {
        std::int64_t size = 1;
        std::int64_t stride = 0;       ///< of the input, elements
        std::int64_t resultStride = 0; ///< of the result, elements; 0 where reduced
        bool reduced = false;
    };
    std::vector<Dimension> dimensions = {};
    std::int64_t elementBytes = 4; ///< of the input
    std::int64_t sumBytes = 4;     ///< of the accumulator
    std::int64_t offset = 0;       ///< storage offset of the input, elements
};

/// The scratch allocations of LibTorch's CUDA reduction in bytes, by kernel: partial sums and a counter if
/// several thread blocks share one result. There is one kernel, or several if 32-bit indices are too small
/// for the input. Kernels without scratch are left out. Follows aten/src/ATen/native/cuda/Reduce.cuh of
/// LibTorch 2.11; tests/oracle compares it.
std::vector<std::vector<std::int64_t>> reductionScratch(const Reduction& reduction, const Card& card);

} // namespace headroom
