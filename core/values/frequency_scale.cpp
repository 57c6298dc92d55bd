#include "core/values/frequency_scale.h"

#include <cmath>

namespace headroom {
namespace {

/// A measure of frequency that the scale spreads evenly.
double measure(FrequencyScale scale, double frequency) {
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

double inverse(FrequencyScale scale, double value) {
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
    return scale == FrequencyScale::Log ? measure(scale, lowestLogFrequency) : 0;
}

} // namespace

double frequencyAt(FrequencyScale scale, double height, int sampleRate) {
    const double low = lowest(scale);
    return inverse(scale, low + height * (measure(scale, sampleRate / 2.0) - low));
}

double heightOf(FrequencyScale scale, double frequency, int sampleRate) {
    const double low = lowest(scale);
    return (measure(scale, frequency) - low) / (measure(scale, sampleRate / 2.0) - low);
}

} // namespace headroom
