#pragma once

namespace headroom {

/// How a spectrogram spreads frequencies over its height.
enum class FrequencyScale {
    Linear,
    Log, ///< octaves are equally high, from lowestLogFrequency on
    Mel, ///< mel = 2595 log10(1 + Hz / 700)
};

inline constexpr double lowestLogFrequency = 30; ///< Hz, at the bottom of FrequencyScale::Log

/// The frequency in Hz at a height: 0 is the bottom, 1 the top, which is half the sample rate.
double frequencyAt(FrequencyScale scale, double height, int sampleRate);

/// The height of a frequency in Hz, the inverse of frequencyAt; may lie outside of 0 ... 1.
double heightOf(FrequencyScale scale, double frequency, int sampleRate);

} // namespace headroom
