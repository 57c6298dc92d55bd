// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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
    std::vector<std::string> sources; ///< the stems, then the rest of the song
    std::vector<BssScores> scores;    ///< by source
};

/// Scores the estimates together with the rest of the song, as museval does for vocals and accompaniment. The
/// ground truth of the rest is the sum of the song's other stems, or the mixture minus `truths` if there are
/// none; its estimate is the mixture minus `estimates`.
/// Throws BadSamplesError if another stem of the song has samples that are not finite.
/// @param stems names of the stems in `truths` and `estimates`
SongBss fullScores(const Song& song, const AudioFormat& format, const AudioBuffer& mixture,
                   const std::vector<std::string>& stems, std::vector<AudioBuffer> truths,
                   std::vector<AudioBuffer> estimates);

/// Writes folder/<song>.json in the schema of museval 0.4, which omits values that are not finite.
void writeMuseval(const std::filesystem::path& folder, const std::string& song, const SongBss& bss);

/// The scores of all songs in one table, with the rows and columns of museval's EvalStore: pandas.read_csv()
/// reads its `df`. Scores that are not finite are empty.
class MusevalTable {
public:
    void add(const std::string& song, const SongBss& bss);
    /// Throws Error.
    void write(const std::filesystem::path& path) const;

private:
    std::string rows_;
};

} // namespace headroom
