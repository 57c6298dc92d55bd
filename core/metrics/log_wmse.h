// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <optional>

namespace headroom {

/// log-WMSE (Jordal 2024), as the package log-wmse-audio-quality computes it: the mean over channels of
/// -4 ln(E + 1e-8). E is the mean square of the error weighted by HearingFilter, relative to that of the
/// mixture; weighted errors below -68 dB relative to the mixture's RMS count as none. Higher is better; -4 ln
/// 1e-8 = 73.68 is the highest value, also if the mixture is silent in a channel. Songs at other rates are
/// resampled to 44.1 kHz. Defined for a silent ground truth. Estimate and mixture are zero-padded or
/// truncated to the length of the ground truth.
///
/// Absent without frames. Throws Error (Input) if the numbers of channels differ. Any thread.
std::optional<double> logWmse(const AudioBuffer& truth, const AudioBuffer& estimate,
                              const AudioBuffer& mixture, int sampleRate);

} // namespace headroom
