// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <vector>

namespace headroom {

/// Consecutive STFT bins.
struct BinRange {
    std::int64_t first;
    std::int64_t count;

    bool operator==(const BinRange&) const = default;
};

/// The overlapping bands of a Mel-Band RoFormer, from low to high frequency. numBands + 2 edges are evenly
/// spaced from 0 to half of the sample rate on Slaney's mel scale: linear below 1 kHz, logarithmic above. A
/// band holds the bins strictly between its edge and the next but one; the first bin also belongs to the
/// first band and the last bin to the last. Every bin is in one or two bands. Throws Error (Input) if a band
/// would hold no bin.
/// @param sampleRate Hz
std::vector<BinRange> melBands(std::int64_t numBands, std::int64_t sampleRate, std::int64_t nFft);

} // namespace headroom
