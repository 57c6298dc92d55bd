#pragma once

#include <cstdint>
#include <random>

namespace headroom {

/// A listening test of the ABX kind: X is A or B, chosen anew by chance for each guess. Values; one thread.
class BlindTest {
public:
    explicit BlindTest(std::uint64_t seed);

    bool xIsA() const { return xIsA_; }
    /// Counts a guess and draws the next X. Returns whether it was right.
    bool guess(bool isA);
    /// Forgets all guesses and draws anew.
    void restart();

    int guesses() const { return guesses_; }
    int right() const { return right_; }
    /// How likely one who only guesses is right as often, or oftener: the upper tail of the binomial
    /// distribution with one half. 1 without a guess.
    double pValue() const;

private:
    void draw();

    std::mt19937_64 random_;
    bool xIsA_ = true;
    int guesses_ = 0;
    int right_ = 0;
};

} // namespace headroom
