#pragma once

#include "core/audio/audio_buffer.h"
#include "core/data/song_library.h"
#include "core/metrics/bsseval.h"

#include <filesystem>
#include <string>
#include <vector>

namespace headroom {

/// BSSEval v4 of a song, in windows of one second without overlap.
struct SongBss {
    std::vector<std::string> sources; ///< the stems, then what is left of the song
    std::vector<BssScores> scores;    ///< by source
};

/// Scores the estimates together with what is left of the song, as museval does for vocals and accompaniment:
/// its reference is the sum of the song's other stems (where it has none, the mixture without the
/// references), its estimate the mixture without the estimates.
/// @param stems their names, by reference and estimate
SongBss fullScores(const Song& song, const AudioFormat& form, const AudioBuffer& mixture,
                   const std::vector<std::string>& stems, std::vector<AudioBuffer> references,
                   std::vector<AudioBuffer> estimates);

/// Writes folder/<song>.json in the schema of museval 0.4, which leaves out what is not a number.
void writeMuseval(const std::filesystem::path& folder, const std::string& song, const SongBss& bss);

} // namespace headroom
