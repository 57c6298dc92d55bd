// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace headroom {

/// Triangular bands of equal width on Slaney's mel scale from 0 to half of the sample rate, each of area 1,
/// as librosa.filters.mel makes them by default. A band may be so narrow that it holds no bin and is always
/// 0.
class MelFilters {
public:
    /// @param sampleRate Hz
    MelFilters(std::int64_t bands, int sampleRate, std::int64_t nFft);

    std::int64_t bands() const { return std::ssize(filters_); }

    /// @param magnitudes by bin, nFft / 2 + 1
    /// @param out        by band
    void apply(const double* magnitudes, std::span<double> out) const;

private:
    struct Filter {
        std::int64_t first = 0; ///< bin
        std::vector<double> weights;
    };
    std::vector<Filter> filters_;
};

} // namespace headroom
