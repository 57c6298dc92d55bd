// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cpu/vector_code.h"

/// Activation functions without branch or call, so that loops over them vectorize.
namespace headroom {

/// x times the probability that a standard normal variable is below x: GELU, not its tanh approximation.
/// Relative error below 5e-7; below 0, where it grows with the exponent of the tail, below 5e-7 + 6e-8 x^2.
/// Below -13 the result is zero.
HEADROOM_INLINE float geluOf(float x) {
    constexpr float halfRoot = 0.707106781F; // sqrt(1 / 2)
    constexpr float slope = 0.42F;
    const float size = x < 0 ? -x : x;
    // erfc(z) exp(z^2) is nearly a polynomial in t = 1 / (1 + slope z). The coefficients are a minimax fit in
    // float64 for z in [0, 9.5], with a relative error of 2.3e-9.
    const float t = 1.0F / (1.0F + slope * halfRoot * size);
    float p = -0.0411373079F;
    p = p * t + 0.230704501F;
    p = p * t - 0.48664102F;
    p = p * t + 0.437147588F;
    p = p * t - 0.197327167F;
    p = p * t + 0.213732317F;
    p = p * t + 0.150041193F;
    p = p * t + 0.219894364F;
    p = p * t + 0.236612231F;
    p = p * t + 0.236973315F;
    const float tail = 0.5F * t * p * vectorExp(-0.5F * x * x) * x; // x times the probability beyond |x|
    return x < 0 ? tail : x - tail;
}

/// log(1 + e^x).
HEADROOM_INLINE float softplusOf(float x) {
    // log(1 + e) = 2 atanh(e / (2 + e)) for e = exp(-|x|), whose series converges quickly up to 1 / 3.
    const float e = vectorExp(x < 0 ? x : -x);
    const float r = e / (2.0F + e);
    const float r2 = r * r;
    float series = 1.0F / 15;
    series = series * r2 + 1.0F / 13;
    series = series * r2 + 1.0F / 11;
    series = series * r2 + 1.0F / 9;
    series = series * r2 + 1.0F / 7;
    series = series * r2 + 1.0F / 5;
    series = series * r2 + 1.0F / 3;
    series = series * r2 + 1.0F;
    return (x > 0 ? x : 0) + 2 * r * series;
}

} // namespace headroom
