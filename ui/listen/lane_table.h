// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/frequency_scale.h"
#include "ui/widgets/table_data.h"

#include <cstdint>
#include <optional>

namespace headroom::ui {

class AudioPicture;

/// What a lane shows: frames and representations.
struct LaneRange {
    std::int64_t begin = 0; ///< frame
    std::int64_t end = 0;   ///< frame after the last one
    int sampleRate = 44100;
    bool waveform = true;                      ///< peak, RMS and loudness
    std::optional<FrequencyScale> spectrogram; ///< levels by frequency; absent: none
    std::int64_t hop = 512;                    ///< frames per column of the displayed spectrogram
};

/// The levels of waveform and spectrogram, as far as they are computed. The first row covers the whole lane,
/// the others a second each, or a tenth if the range is shorter than ten seconds.
TableData laneTable(const AudioPicture& picture, const LaneRange& range);

} // namespace headroom::ui
