// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/listening.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace headroom {

/// The peaks of growing audio at several resolutions, each four times coarser than the previous one, so that
/// the peak of a pixel takes a few lookups at any zoom.
class PeakPyramid {
public:
    /// Sets the peaks from frame `begin` on, a multiple of framesPerPeak, and drops previous peaks from there
    /// on. Ignores peaks that would leave a gap.
    void put(std::int64_t begin, const std::vector<Peak>& peaks);
    void clear() { levels_.clear(); }

    std::int64_t peaks() const { return levels_.empty() ? 0 : std::ssize(levels_.front()); }

    /// The peak of the frames [begin, end), rounded outwards to multiples of framesPerPeak; absent if there
    /// are no peaks for them.
    std::optional<Peak> over(double begin, double end) const;

private:
    static constexpr std::int64_t step = 4;

    std::vector<std::vector<Peak>> levels_; ///< finest first
};

} // namespace headroom
