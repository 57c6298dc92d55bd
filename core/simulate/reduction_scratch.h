#pragma once

#include "core/values/forecast.h"

#include <cstdint>
#include <vector>

namespace headroom {

/// A tensor that is summed over some of its dimensions.
struct Reduction {
    struct Dimension {
        std::int64_t size = 1;
        std::int64_t stride = 0;       ///< of the input, elements
        std::int64_t resultStride = 0; ///< of the result, elements; 0 where reduced
        bool reduced = false;
    };
    std::vector<Dimension> dimensions = {};
    std::int64_t elementBytes = 4; ///< of the input
    std::int64_t sumBytes = 4;     ///< of what is summed in
    std::int64_t offset = 0;       ///< of the input in its memory, elements
};

/// The memory that LibTorch's CUDA reductions take for themselves where several thread blocks share one
/// result: partial sums and a counter, in bytes, for one kernel after the other (one, but for inputs that
/// are too large to be indexed by 32 bits). Empty where no kernel needs any.
/// Source of the rules: aten/src/ATen/native/cuda/Reduce.cuh, checked against LibTorch 2.11's own requests.
std::vector<std::vector<std::int64_t>> reductionScratch(const Reduction& reduction, const Card& card);

} // namespace headroom
