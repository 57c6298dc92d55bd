// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/values/events.h"
#include "core/values/model_source.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

/// Evaluation of weights on the songs of a data set, as plain values, on the calling thread.
namespace headroom {

struct EvaluationRequest {
    ModelSource model;
    std::string data;            ///< data set, in any layout that training reads
    std::string split = "test";  ///< "test", "train" or "validation" (by data.validation of the weights)
    std::vector<Metric> metrics; ///< besides cSDR, uSDR and SI-SDR
    bool full = false;           ///< also compute SDR, ISR, SIR and SAR of BSSEval v4
    /// Folder for museval's JSON files, one per song, and a table of all of them; empty: none.
    std::string musevalFolder;
};

/// Scores of BSSEval v4, dB: medians over the windows of a song, or medians of those over songs. Absent if
/// undefined.
struct FullScore {
    std::optional<double> sdr;
    std::optional<double> isr;
    std::optional<double> sir;
    std::optional<double> sar;
};

struct StemEvaluation {
    std::string stem;
    StemScore estimate;            ///< of the model
    StemScore mixture;             ///< baseline: the mixture as the estimate
    StemScore silence;             ///< baseline: an almost silent estimate
    std::optional<FullScore> full; ///< of the model
};

struct SongEvaluation {
    std::string song;
    double seconds = 0;
    std::vector<StemEvaluation> stems;
};

struct Evaluation {
    std::string weights;
    std::string device;
    std::string split;
    std::vector<Metric> metrics = {}; ///< of the scores below
    int sampleRate = 0; ///< Hz, of the model; songs are converted to it before separation and scoring
    int channels = 0;   ///< of the model; songs are converted before separation, see scoringFormat()
    std::vector<SongEvaluation> songs;
    std::vector<StemEvaluation> stems;     ///< over all songs
    bool stopped = false;                  ///< by a stop request; `songs` has the finished songs
    std::vector<std::string> leftOut = {}; ///< names of songs with samples that are NaN or infinite
};

struct EvaluationState {
    std::size_t song = 0; ///< the first is 1
    std::size_t songs = 0;
    std::string name;
    double secondsDone = 0; ///< seconds of audio, over all songs
    double seconds = 0;     ///< seconds of audio, in all songs
};

struct EvaluationObserver {
    std::function<void(const std::string& notice)> onNotice;
    std::function<void(const EvaluationState&)> onProgress;
    std::function<void(const SongEvaluation&)> onSong;
};

/// Separates every song of the split, and scores it in its scoringFormat(). Throws
/// Error (Input) for unusable weights or an unusable data set, an empty split, or a song without one of the
/// stems. Leaves out songs with samples that are NaN or infinite, with a notice that names file and time;
/// throws their error if no song is left.
Evaluation evaluate(const EvaluationRequest& request, const std::stop_token& stop,
                    const EvaluationObserver& observer);

/// The definition of a score, for users.
struct ScoreDefinition {
    const char* name;
    const char* text;
};

/// The definitions of all scores of an evaluation by these metrics. @param full include those of FullScore
std::vector<ScoreDefinition> scoreDefinitions(const std::vector<Metric>& metrics, bool full);

} // namespace headroom
