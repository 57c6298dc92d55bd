// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/config/run_config.h"
#include "core/values/events.h"

#include <span>
#include <vector>

namespace headroom {

/// Scores one stem by these metrics; the others stay absent. Any thread.
/// @param mixture what the estimate was separated from
/// @throws Error (Input) if the numbers of channels differ
StemScore scoreStem(const AudioBuffer& truth, const AudioBuffer& estimate, const AudioBuffer& mixture,
                    int sampleRate, const std::vector<Metric>& metrics);

/// Scores of a silent estimate, as a lower baseline. cSDR is 0 dB: windows with a silent estimate are not
/// dropped here. SI-SDR is undefined.
StemScore scoreSilence(const AudioBuffer& truth, const AudioBuffer& mixture, int sampleRate,
                       const std::vector<Metric>& metrics);

/// Aggregates over songs: the median of cSDR, the means of the others. Ignores absent scores.
StemScore scoreOverSongs(std::span<const StemScore> songs);

} // namespace headroom
