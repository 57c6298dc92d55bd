// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <random>

namespace headroom {

/// An ABX listening test: X is A or B, drawn at random for each guess. Not thread-safe.
class BlindTest {
public:
    explicit BlindTest(std::uint64_t seed);

    bool xIsA() const { return xIsA_; }
    /// Counts a guess and draws the next X. Returns whether it was right.
    bool guess(bool isA);
    /// Discards all guesses and draws a new X.
    void restart();

    int guesses() const { return guesses_; }
    int right() const { return right_; }
    /// The probability of at least this many right answers by pure guessing: the upper tail of the binomial
    /// distribution with p = 0.5. 1 before the first guess.
    double pValue() const;

private:
    void draw();

    std::mt19937_64 random_;
    bool xIsA_ = true;
    int guesses_ = 0;
    int right_ = 0;
};

} // namespace headroom
