#pragma once

#include <cmath>
#include <limits>

namespace headroom {

/// A ratio of energies; infinite without distortion.
inline double decibels(double signal, double distortion) {
    return distortion == 0 ? std::numeric_limits<double>::infinity() : 10 * std::log10(signal / distortion);
}

} // namespace headroom
