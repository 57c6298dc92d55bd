// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace headroom {

/// The frequency axis of a spectrogram.
enum class FrequencyScale {
    Linear,
    Log, ///< equal height per octave, from lowestLogFrequency up
    Mel, ///< mel = 2595 log10(1 + Hz / 700)
};

inline constexpr double lowestLogFrequency = 30; ///< Hz, bottom of FrequencyScale::Log

/// The frequency in Hz at a height: 0 is the bottom, 1 the top at half the sample rate.
double frequencyAt(FrequencyScale scale, double height, int sampleRate);

/// The height of a frequency in Hz, the inverse of frequencyAt. May be outside [0, 1].
double heightOf(FrequencyScale scale, double frequency, int sampleRate);

} // namespace headroom
