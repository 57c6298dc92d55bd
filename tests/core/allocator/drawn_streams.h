// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/stream_recorder.h"

#include <array>
#include <cstdint>
#include <functional>
#include <iterator>
#include <random>
#include <utility>
#include <vector>

namespace headroom::test {

constexpr std::int64_t mib = std::int64_t{1} << 20;

/// Allocates and frees blocks of drawn sizes: all small, or few of them.
inline AllocationStream fragmenting(const std::function<std::int64_t(std::int64_t, std::int64_t)>& between,
                                    bool onlySmall) {
    StreamRecorder recorder;
    std::vector<std::int32_t> live;
    for (int i = 0; i < 60; ++i) {
        const bool isSmall = onlySmall || between(0, 4) == 0;
        live.push_back(recorder.allocate(isSmall ? between(1, mib) : between(2, 70) * mib));
        while (std::ssize(live) > between(2, 12)) {
            const auto one = live.begin() + between(0, std::ssize(live) - 1);
            recorder.free(*one);
            live.erase(one);
        }
    }
    return recorder.take();
}

/// Draws blocks and passages, either unrolled or with repeat counts.
class DrawnStream {
public:
    DrawnStream(std::uint32_t seed, bool deduplicate) : random_(seed), deduplicate_(deduplicate) {}

    AllocationStream draw() {
        std::vector<std::int32_t> kept;
        for (int i = 0; i < 4; ++i) {
            kept.push_back(recorder_.allocate(drawSize()));
            kept.push_back(recorder_.allocate(drawSize()));
            addPassage(0);
            recorder_.free(takeAny(kept));
        }
        return recorder_.take();
    }

private:
    int drawBelow(int end) { return static_cast<int>(random_() % static_cast<std::uint32_t>(end)); }

    std::int64_t drawSize() {
        constexpr std::array<std::int64_t, 4> most = {2000, mib, 8 * mib, 40 * mib};
        return 1 + static_cast<std::int64_t>(random_()) % most[static_cast<std::size_t>(drawBelow(4))];
    }

    std::int32_t takeAny(std::vector<std::int32_t>& blocks) {
        std::swap(blocks[static_cast<std::size_t>(drawBelow(static_cast<int>(blocks.size())))],
                  blocks.back());
        const std::int32_t block = blocks.back();
        blocks.pop_back();
        return block;
    }

    void addPassage(int depth) {
        const int times = 2 + drawBelow(6);
        const std::mt19937 start = random_;
        const std::int64_t begin = recorder_.position();
        for (int i = 0; i < (deduplicate_ ? 1 : times); ++i) {
            random_ = start;
            addBody(depth);
        }
        if (deduplicate_)
            recorder_.repeat(begin, times - 1);
    }

    void addBody(int depth) {
        std::vector<std::int32_t> live;
        for (int i = 0; i < 12; ++i) {
            const int what = drawBelow(5);
            if (what == 0 && !live.empty())
                recorder_.free(takeAny(live));
            else if (what == 1 && depth < 2)
                addPassage(depth + 1);
            else
                live.push_back(recorder_.allocate(drawSize()));
        }
        while (!live.empty())
            recorder_.free(takeAny(live));
    }

    std::mt19937 random_;
    bool deduplicate_;
    StreamRecorder recorder_;
};

} // namespace headroom::test
