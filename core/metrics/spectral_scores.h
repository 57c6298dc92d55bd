// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <optional>

namespace headroom {

// Scores of magnitude spectrograms, in (0, 100]; higher is better, and a perfect estimate scores 100. In
// double; MSST computes them in float32. Estimates are zero-padded or truncated to the length of the ground
// truth. Throws Error (Input) if the numbers of channels differ. Any thread.

/// L1 frequency, as MSST computes it: 100 / (1 + 10 d). d is the mean over channels, bins and frames of
/// ||S| - |E||, the STFT magnitudes of full-scale samples in rectangular windows of 2048, 1024 apart,
/// centered, with reflection at both ends. Absent for 1024 frames or fewer, too short to reflect.
std::optional<double> l1Frequency(const AudioBuffer& truth, const AudioBuffer& estimate);

/// What leaks into an estimate, and what it lacks.
struct BleedAndFullness {
    double bleedless = 0;
    double fullness = 0;
};

/// Bleedless and fullness, as MSST computes them. Both signals become mel spectrograms in dB: Hann windows of
/// 4096, 1024 apart, centered, with zeros beyond the ends; 512 bands of Slaney's mel scale up to half of the
/// sample rate; magnitudes of at least 1e-10, and at most 80 dB below the highest of the signal. With d = E -
/// S in each cell, bleedless is 100 / (1 + mean of the positive d), fullness 100 / (1 - mean of the negative
/// d); a mean of nothing is 0. Absent without frames.
///
/// MSST takes every song as sampled at 44.1 kHz. The authors of BSMamba2 swap ground truth and estimate, and
/// with them the two scores, and use the STFT of their model.
std::optional<BleedAndFullness> bleedAndFullness(const AudioBuffer& truth, const AudioBuffer& estimate,
                                                 int sampleRate);

} // namespace headroom
