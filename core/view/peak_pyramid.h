#pragma once

#include "core/values/listening.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace headroom {

/// The peaks of a sound that grows at its end, at several resolutions, each four times as coarse as the one
/// before: however far one has zoomed out, the peak of a pixel is found from a few of them. Values.
class PeakPyramid {
public:
    /// Takes peaks of the frames from `begin` on, a multiple of framesPerPeak; what was there from there on
    /// is replaced. Peaks that would leave a gap are refused.
    void put(std::int64_t begin, const std::vector<Peak>& peaks);
    void clear() { levels_.clear(); }

    std::int64_t peaks() const { return levels_.empty() ? 0 : std::ssize(levels_.front()); }

    /// The peak of the frames [begin, end), rounded outwards to multiples of framesPerPeak; absent where
    /// nothing is known of them.
    std::optional<Peak> over(double begin, double end) const;

private:
    static constexpr std::int64_t step = 4;

    std::vector<std::vector<Peak>> levels_; ///< finest first
};

} // namespace headroom
