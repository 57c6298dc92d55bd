// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/frequency_scale.h"

#include <cmath>

namespace headroom {
namespace {

/// The warped frequency, which the scale displays linearly.
double warped(FrequencyScale scale, double frequency) {
    switch (scale) {
    case FrequencyScale::Linear:
        return frequency;
    case FrequencyScale::Log:
        return std::log2(frequency);
    case FrequencyScale::Mel:
        return std::log10(1 + frequency / 700);
    }
    return frequency;
}

double unwarped(FrequencyScale scale, double value) {
    switch (scale) {
    case FrequencyScale::Linear:
        return value;
    case FrequencyScale::Log:
        return std::exp2(value);
    case FrequencyScale::Mel:
        return 700 * (std::pow(10, value) - 1);
    }
    return value;
}

double lowest(FrequencyScale scale) {
    return scale == FrequencyScale::Log ? warped(scale, lowestLogFrequency) : 0;
}

} // namespace

double frequencyAt(FrequencyScale scale, double height, int sampleRate) {
    const double low = lowest(scale);
    return unwarped(scale, low + height * (warped(scale, sampleRate / 2.0) - low));
}

double heightOf(FrequencyScale scale, double frequency, int sampleRate) {
    const double low = lowest(scale);
    return (warped(scale, frequency) - low) / (warped(scale, sampleRate / 2.0) - low);
}

} // namespace headroom
