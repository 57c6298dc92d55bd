#pragma once

#include "core/values/events.h"
#include "core/values/model_source.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

/// Judging weights on the songs of a data set. Plain values; everything on the caller's thread.
namespace headroom {

struct EvaluationRequest {
    ModelSource model;
    std::string data;           ///< data set, in any layout that training reads
    std::string split = "test"; ///< "test", "train" or "validation" (as the weights' configuration divides)
    bool full = false;          ///< BSSEval v4's SDR, ISR, SIR and SAR too
    std::string musevalFolder;  ///< where to write museval's JSON files, one a song; empty: nowhere
};

/// Medians of BSSEval v4 over the windows of a song, or of these over songs, in dB; absent where undefined.
struct FullScore {
    std::optional<double> sdr;
    std::optional<double> isr;
    std::optional<double> sir;
    std::optional<double> sar;
};

struct StemEvaluation {
    std::string stem;
    StemScore estimate;            ///< the model's
    StemScore mixture;             ///< the mixture's, taken as the stem without any separation
    StemScore silence;             ///< what an all but silent estimate has
    std::optional<FullScore> full; ///< of the estimate
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
    int sampleRate = 0; ///< the model's, at which songs are separated and judged, whatever theirs
    int channels = 0;   ///< likewise
    std::vector<SongEvaluation> songs;
    std::vector<StemEvaluation> stems; ///< over all songs
    bool stopped = false;              ///< by a stop request; `songs` has those that were finished
};

struct EvaluationState {
    std::size_t song = 0; ///< 1 is the first
    std::size_t songs = 0;
    std::string name;
    double secondsDone = 0; ///< of sound, over all songs
    double seconds = 0;     ///< of sound, in all songs
};

struct EvaluationObserver {
    std::function<void(const std::string& notice)> onNotice;
    std::function<void(const EvaluationState&)> onProgress;
    std::function<void(const SongEvaluation&)> onSong;
};

/// Separates and scores every song of the split, at the model's rate and channels. Throws Error (Input) for
/// weights or a data set that cannot be used, a split without songs or a song without one of the stems.
Evaluation evaluate(const EvaluationRequest& request, const std::stop_token& stop,
                    const EvaluationObserver& observer);

/// One score and how it is defined, in words.
struct ScoreDefinition {
    const char* name;
    const char* text;
};

/// What the scores of an evaluation mean. @param full with those of FullScore
std::vector<ScoreDefinition> scoreDefinitions(bool full);

} // namespace headroom
