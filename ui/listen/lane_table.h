#pragma once

#include "core/values/frequency_scale.h"
#include "ui/widgets/text_table.h"

#include <cstdint>
#include <optional>

namespace headroom::ui {

class AudioPicture;

/// What of a sound a lane shows.
struct LaneStretch {
    std::int64_t begin = 0; ///< frame
    std::int64_t end = 0;   ///< the frame behind the last
    int sampleRate = 44100;
    bool waveform = true;                      ///< peak, root mean square and loudness
    std::optional<FrequencyScale> spectrogram; ///< levels by frequency; absent: none
    std::int64_t hop = 512;                    ///< frames of a column of the spectrogram, as it is drawn
};

/// The numbers behind waveform and spectrogram, as far as they are drawn: first the levels of the whole, then
/// second by second, or by tenths where less than ten are in view.
TextTable laneTable(const AudioPicture& picture, const LaneStretch& stretch);

} // namespace headroom::ui
