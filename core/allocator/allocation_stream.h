// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/memory_part.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace headroom {

/// The allocations and frees of a program on one device, in order. A passage that repeats is stored once.
struct AllocationStream {
    /// One allocation.
    struct Block {
        std::int64_t bytes = 0;     ///< requested size, > 0
        std::int32_t module = 0;    ///< index in `names`: the module that allocated it
        std::int32_t operation = 0; ///< index in `names`: the operator, or the node of the backward pass
        MemoryPart part = MemoryPart::Temporaries;
        bool persistent = false; ///< allocated on first use and never freed: repeats do not allocate it again
        std::int32_t shape = -1; ///< index in `shapes`; -1: unknown
        std::int32_t stream = 0; ///< of the device; memory is reused only by the stream that allocated it
    };

    /// The tensor that a block was allocated for.
    struct Shape {
        std::array<std::int64_t, 8> sizes = {};
        std::size_t dimensions = 0;
        const char* type = ""; ///< "fp32"
    };

    /// The events [begin, end) repeat `repeats` more times, back to back. A passage frees everything it
    /// allocates, except persistent blocks. Passages are nested or disjoint; they are sorted by `end`, inner
    /// ones first.
    struct Passage {
        std::int64_t begin = 0;
        std::int64_t end = 0;
        std::int64_t repeats = 0;
    };

    /// Phase and module from this event until the next mark.
    struct Mark {
        std::int64_t event = 0;
        std::int32_t phase = 0;  ///< index in `names`
        std::int32_t module = 0; ///< index in `names`
    };

    /// A stage of the program, from this event until the next stage. Stages do not begin within passages.
    struct Stage {
        std::int64_t event = 0;
        std::int32_t name = 0; ///< index in `names`
    };

    /// Event: the program returns the unused memory in the allocator's cache to the device.
    static constexpr std::int32_t release = std::numeric_limits<std::int32_t>::min();

    std::vector<Block> blocks = {};
    std::vector<std::int32_t> events = {}; ///< n: block n is allocated; ~n: block n is freed; or `release`
    std::vector<Passage> passages = {};
    std::vector<Mark> marks = {};
    std::vector<Stage> stages = {};
    std::vector<Shape> shapes = {};
    std::vector<std::string> names = {""};
};

} // namespace headroom
