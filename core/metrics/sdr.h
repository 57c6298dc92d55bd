// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace headroom {

// Signal-to-distortion ratios, in dB. All sums are over frames and channels, in double. Estimates are
// zero-padded or truncated to the length of the ground truth. Throws Error (Input) if the numbers of channels
// differ. A perfect estimate scores infinity. Any thread.

/// BSSEval v4 SDR of each window, 10 log10(sum s^2 / sum (s - e)^2), of one stem alone. NaN if the ground
/// truth or the estimate is silent (see isSilent).
std::vector<double> windowSdr(const AudioBuffer& truth, const AudioBuffer& estimate, std::int64_t window,
                              std::int64_t hop);

/// Chunk-level SDR (cSDR): the median of windowSdr over one-second windows without overlap, except silent
/// ones. Absent if all windows are silent.
std::optional<double> cSdr(const AudioBuffer& truth, const AudioBuffer& estimate, int sampleRate);

/// Utterance-level SDR (uSDR) of the whole song: 10 log10((sum s^2 + 1e-7) / (sum (s - e)^2 + 1e-7)).
double uSdr(const AudioBuffer& truth, const AudioBuffer& estimate);

/// Scale-invariant SDR of the whole song: 10 log10(|a s|^2 / |a s - e|^2) with a = <e, s> / <s, s>. Absent if
/// the ground truth or the estimate is all zeros.
std::optional<double> siSdr(const AudioBuffer& truth, const AudioBuffer& estimate);

} // namespace headroom
