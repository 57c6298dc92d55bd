// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

namespace headroom {

/// A random number generator keyed by a seed and two counters, with the same output on every platform: the
/// splitmix64 sequence (Steele, Lea, Flood 2014), started from a hash of the three.
class RandomStream {
public:
    /// Plain splitmix64 from this state.
    explicit RandomStream(std::uint64_t state) : state_(state) {}
    RandomStream(std::uint64_t seed, std::uint64_t first, std::uint64_t second)
        : state_(mix(mix(mix(seed + step) + first + step) + second + step)) {}

    std::uint64_t next() {
        state_ += step;
        return mix(state_);
    }
    /// Uniform in [0, 1), with 53 random bits.
    double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    /// Uniform in 0 ... count - 1. @param count 1 ... 2^53
    std::int64_t below(std::int64_t count) {
        return static_cast<std::int64_t>(uniform() * static_cast<double>(count));
    }

private:
    static constexpr std::uint64_t step = 0x9E3779B97F4A7C15;
    static constexpr std::uint64_t mix(std::uint64_t value) {
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
        value = (value ^ value >> 27) * 0x94D049BB133111EB;
        return value ^ value >> 31;
    }

    std::uint64_t state_;
};

} // namespace headroom
