#pragma once

#include "core/data/random_stream.h"

#include <cstddef>
#include <cstdint>

namespace headroom::demo {

/// The draws of a composer: the same everywhere, which the standard library's distributions do not promise.
/// Draw into named variables: the order of evaluation of arguments differs between compilers.
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
    /// A stream of its own, so that one instrument's draws do not shift another's.
    Random fork() { return Random(next()); }
};

} // namespace headroom::demo
