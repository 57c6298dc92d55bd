// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/separate/segment_model.h"

#include <functional>
#include <utility>

namespace headroom::test {

/// A SegmentFunction that separates each segment of a batch on its own.
inline SegmentFunction oneByOne(std::function<SegmentStems(const AudioBuffer& segment)> separate) {
    return [separate = std::move(separate)](std::span<const AudioBuffer> segments) {
        std::vector<SegmentStems> all;
        for (const AudioBuffer& segment : segments)
            all.push_back(separate(segment));
        return all;
    };
}

} // namespace headroom::test
