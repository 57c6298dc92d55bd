// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/data/random_stream.h"

#include <cstddef>
#include <cstdint>

namespace headroom::demo {

/// Random draws that are the same on every platform, unlike the distributions of the standard library. Draw
/// into named variables, since compilers evaluate function arguments in different orders.
class Random : public RandomStream {
public:
    explicit Random(std::uint64_t seed) : RandomStream(seed) {}

    double between(double low, double high) { return low + (high - low) * uniform(); }
    /// White noise, [-1, 1).
    double noise() { return 2 * uniform() - 1; }
    bool chance(double probability) { return uniform() < probability; }
    /// 0 ... count - 1
    int below(int count) { return static_cast<int>(RandomStream::below(count)); }
    template <typename T, std::size_t n>
    const T& pick(const T (&choices)[n]) {
        return choices[below(static_cast<int>(n))];
    }
    /// An independent stream, so that the draws of one instrument do not affect another.
    Random fork() { return Random(next()); }
};

} // namespace headroom::demo
