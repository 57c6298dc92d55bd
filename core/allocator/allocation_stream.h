#pragma once

#include "core/values/memory_part.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

/// All that a program asked of a device's allocator, in order. What it asked for again and again in the same
/// way is kept once.
struct AllocationStream {
    /// A request that was granted.
    struct Block {
        std::int64_t bytes = 0;     ///< as asked for, > 0
        std::int32_t module = 0;    ///< of `names`: the part of the model that asked
        std::int32_t operation = 0; ///< of `names`: the operator, or the node of the backward pass
        MemoryPart part = MemoryPart::Temporaries;
        bool lasting = false;    ///< made at first use and kept: not made again where its passage comes again
        std::int32_t shape = -1; ///< of `shapes`; -1: not known
    };

    /// A tensor that a block was made for.
    struct Shape {
        std::array<std::int64_t, 8> sizes = {};
        std::size_t dimensions = 0;
        const char* type = ""; ///< "fp32"
    };

    /// Events [begin, end) come `again` times more, behind each other. All they allocate they free, save what
    /// is lasting. Passages lie within each other or apart; they are listed in the order of their ends, inner
    /// ones first.
    struct Passage {
        std::int64_t begin = 0;
        std::int64_t end = 0;
        std::int64_t again = 0;
    };

    /// Holds from this event until the next mark.
    struct Mark {
        std::int64_t event = 0;
        std::int32_t phase = 0;  ///< of `names`
        std::int32_t module = 0; ///< of `names`
    };

    std::vector<Block> blocks = {};
    std::vector<std::int32_t> events = {}; ///< n: block n is allocated; ~n: it is freed
    std::vector<Passage> passages = {};
    std::vector<Mark> marks = {};
    std::vector<Shape> shapes = {};
    std::vector<std::string> names = {""};
};

} // namespace headroom
