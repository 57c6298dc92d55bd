// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/demo/math.h"

#include <cmath>
#include <initializer_list>

namespace headroom::demo {

double sineOfCycles(double cycles) {
    double x = cycles - std::floor(cycles + 0.5);
    if (x > 0.25)
        x = 0.5 - x;
    else if (x < -0.25)
        x = -0.5 - x;
    const double angle = 2 * pi * x;
    const double square = angle * angle;
    // Taylor series up to the 13th power; at pi / 2 the next term is 7e-10.
    double sum = 1.0 / 6227020800;
    sum = sum * square - 1.0 / 39916800;
    sum = sum * square + 1.0 / 362880;
    sum = sum * square - 1.0 / 5040;
    sum = sum * square + 1.0 / 120;
    sum = sum * square - 1.0 / 6;
    sum = sum * square + 1;
    return sum * angle;
}

double cosineOfCycles(double cycles) {
    return sineOfCycles(cycles + 0.25);
}

double powerOfTwo(double x) {
    const double whole = std::floor(x + 0.5);
    const double y = (x - whole) * 0.69314718055994530942;
    double sum = 1.0 / 362880;
    for (const double denominator : {40320.0, 5040.0, 720.0, 120.0, 24.0, 6.0, 2.0, 1.0, 1.0})
        sum = sum * y + 1 / denominator;
    return std::ldexp(sum, static_cast<int>(whole));
}

double exponential(double x) {
    return powerOfTwo(x * 1.44269504088896340736);
}

double decibelsToGain(double decibels) {
    return powerOfTwo(decibels * (3.32192809488736234787 / 20));
}

double pitchToHertz(double pitch) {
    return 440 * powerOfTwo((pitch - 69) / 12);
}

} // namespace headroom::demo
