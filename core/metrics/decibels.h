// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cmath>
#include <limits>

namespace headroom {

/// A ratio of energies in dB. Infinite if `distortion` is 0.
inline double decibels(double signal, double distortion) {
    return distortion == 0 ? std::numeric_limits<double>::infinity() : 10 * std::log10(signal / distortion);
}

} // namespace headroom
