// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/blind_test.h"

#include <algorithm>
#include <cmath>

namespace headroom {

BlindTest::BlindTest(std::uint64_t seed) : random_(seed) {
    draw();
}

void BlindTest::draw() {
    xIsA_ = (random_() & 1) == 1;
}

bool BlindTest::guess(bool isA) {
    const bool isRight = isA == xIsA_;
    ++guesses_;
    right_ += isRight ? 1 : 0;
    draw();
    return isRight;
}

void BlindTest::restart() {
    guesses_ = 0;
    right_ = 0;
    draw();
}

double BlindTest::pValue() const {
    const double n = guesses_;
    double sum = 0;
    for (int k = right_; k <= guesses_; ++k)
        sum += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1) - n * std::log(2));
    return std::min(1.0, sum);
}

} // namespace headroom
