// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cmath>
#include <cstdint>

/// Function multiversioning for loops that the compiler vectorizes. A function marked HEADROOM_VECTOR_CLONES
/// is compiled for each of these instruction sets, and the loader picks one when the program starts.
/// Functions that it calls must be HEADROOM_INLINE to be compiled with it. Disabled under ASan and TSan,
/// which are not initialized yet when the loader picks.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define HEADROOM_VECTOR_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define HEADROOM_VECTOR_CLONES
#endif
#define HEADROOM_INLINE inline __attribute__((always_inline))
#define HEADROOM_INLINE_LAMBDA __attribute__((always_inline))

namespace headroom {

/// e^x for x <= 88, to about 2 units in the last place; 0 below -87. Unlike std::exp, without branch or call,
/// so that loops vectorize.
HEADROOM_INLINE float vectorExp(float x) {
    constexpr float log2OfE = 1.44269504F;
    constexpr float ln2High = 0.693359375F; // few significant bits, so that its multiples are exact
    constexpr float ln2Low = -2.12194440e-4F;
    constexpr float roundToInt = 12582912.0F; // 1.5 * 2^23
    const float bounded = x < -87.0F ? -87.0F : x;
    const float shifted = bounded * log2OfE + roundToInt;
    const float n = shifted - roundToInt;
    const float r = (bounded - n * ln2High) - n * ln2Low;
    float e = 1.0F / 5040;
    e = e * r + 1.0F / 720;
    e = e * r + 1.0F / 120;
    e = e * r + 1.0F / 24;
    e = e * r + 1.0F / 6;
    e = e * r + 0.5F;
    e = e * r + 1.0F;
    e = e * r + 1.0F;
    const auto exponent = static_cast<std::uint32_t>(static_cast<std::int32_t>(n) + 127) << 23;
    const float result = e * __builtin_bit_cast(float, exponent);
    return x < -87.0F ? 0.0F : result;
}

HEADROOM_INLINE double vectorExp(double x) {
    return std::exp(x);
}

template <class S>
HEADROOM_INLINE S sigmoidOf(S x) {
    // Clamped where the float exponential would overflow; the result is 0 there.
    return S(1) / (S(1) + vectorExp(x < S(-80) ? S(80) : -x));
}

} // namespace headroom
