// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dsp/mel_scale.h"

#include <cmath>

namespace headroom {
namespace {

constexpr double cornerHz = 1000;
constexpr double cornerMel = 15;
constexpr double hzPerMel = 200.0 / 3; // below the corner
constexpr double melsPerFactor = 27;   // above it, for each factor
constexpr double factor = 6.4;

} // namespace

double melOf(double hz) {
    return hz < cornerHz ? hz / hzPerMel
                         : cornerMel + melsPerFactor * std::log(hz / cornerHz) / std::log(factor);
}

double hzOf(double mel) {
    return mel < cornerMel ? mel * hzPerMel
                           : cornerHz * std::exp((mel - cornerMel) * std::log(factor) / melsPerFactor);
}

} // namespace headroom
