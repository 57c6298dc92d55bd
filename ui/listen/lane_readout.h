// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/listen/lane_table.h"

#include <QString>

namespace headroom::ui {

/// "0:02.345, 1.20 kHz, −43.5 dB" for a point of the spectrogram, or "0:02.345, peak −3.1 dBFS, RMS −12.0
/// dBFS" for one of the waveform. Levels that are not computed yet are shown as "–".
/// @param range frames of the point  @param height in the spectrogram, 0 (bottom) to 1; absent: the waveform
QString laneReadout(const AudioPicture& picture, const LaneRange& range, std::optional<double> height);

/// "440 Hz", "1.20 kHz"
QString frequencyReadout(double hertz);

} // namespace headroom::ui
