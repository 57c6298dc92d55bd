#pragma once

#include <cstddef>
#include <cstdint>

namespace headroom::demo {

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers everywhere, which the standard library's
/// distributions do not promise. Draw into named variables: the order of evaluation of arguments differs
/// between compilers.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    /// [0, 1)
    double uniform() { return static_cast<double>(next() >> 11U) * 0x1p-53; }
    double between(double low, double high) { return low + (high - low) * uniform(); }
    /// White noise, [-1, 1).
    double noise() { return 2 * uniform() - 1; }
    bool chance(double probability) { return uniform() < probability; }
    /// 0 ... count - 1
    int below(int count) { return static_cast<int>(uniform() * count); }
    template <typename T, std::size_t n>
    const T& pick(const T (&choices)[n]) {
        return choices[below(static_cast<int>(n))];
    }
    /// A stream of its own, so that one instrument's draws do not shift another's.
    Random fork() { return Random(next()); }

private:
    std::uint64_t state_;
};

} // namespace headroom::demo
