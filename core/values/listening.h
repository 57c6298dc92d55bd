// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/error.h"
#include "core/values/events.h"
#include "core/values/frequency_scale.h"
#include "core/values/playback_audio.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// Requests and answers of a ListeningService, as plain values.
namespace headroom {

struct SongList {
    std::uint64_t number = 0;
    std::vector<SongAudio> songs;     ///< test, validation, train; each sorted by name
    std::vector<std::string> notices; ///< songs that were skipped, and why
    std::optional<Error> error;       ///< why the songs could not be listed
};

/// A checkpoint of a run.
struct CheckpointInfo {
    std::int64_t step = 0;
    int epoch = 0;
    bool best = false;                        ///< highest score by training.best_metric
    std::map<std::string, StemScore> metrics; ///< of its validation; empty if there was none
};

struct CheckpointList {
    std::uint64_t number = 0;
    std::string runFolder;
    std::vector<CheckpointInfo> checkpoints; ///< newest first, without damaged ones
};

struct SongOpened {
    std::uint64_t number = 0;
    int sampleRate = 0;                    ///< Hz, of the mixture and all stems
    std::int64_t frames = 0;               ///< length of the mixture and all stems
    std::vector<std::string> stems;        ///< names, without the mixture
    std::vector<std::string> notices = {}; ///< about files whose header has no length or a wrong one
};

/// The next frames of the mixture or of one stem.
struct SongPart {
    std::uint64_t number = 0;
    std::string stem; ///< empty: the mixture
    AudioBlock block;
};

struct SongLoaded {
    std::uint64_t number = 0;
};

struct SongFailed {
    std::uint64_t number = 0;
    Error error;
};

using SongEvent = std::variant<SongOpened, SongPart, SongLoaded, SongFailed>;

struct LoudnessAnswer {
    std::uint64_t number = 0;
    std::optional<double> integrated; ///< EBU R 128, LUFS; absent for silence
    double samplePeak = 0;            ///< largest magnitude
};

/// The scores of one second of an estimate.
struct SecondScore {
    std::optional<double> sdr; ///< dB; absent if the ground truth or the estimate is silent
    double truthEnergy = 0;    ///< mean square of the ground truth
    double errorEnergy = 0;    ///< mean square of estimate - ground truth
};

struct SdrAnswer {
    std::uint64_t number = 0;
    std::vector<SecondScore> seconds; ///< without an incomplete last second
    std::optional<double> cSdr;       ///< median of the seconds, dB
};

inline constexpr std::int64_t framesPerPeak = 64;

/// The range and mean square of the samples of some frames, over both channels.
struct Peak {
    float lowest = 0;
    float highest = 0;
    float meanSquare = 0;
};

struct PeaksAnswer {
    std::uint64_t number = 0;
    std::int64_t begin = 0;
    std::vector<Peak> peaks; ///< one per framesPerPeak frames; the last may cover fewer
};

/// A tile of a spectrogram. A column is the mean power of its frames over both channels, with analysis
/// windows of 2048 frames.
struct TileRequest {
    std::uint64_t number = 0;
    AudioSum audio;
    int sampleRate = 44100;
    FrequencyScale scale = FrequencyScale::Mel;
    std::int64_t begin = 0; ///< first frame of the first column
    std::int64_t hop = 512; ///< frames per column
    int columns = 256;
    int rows = 128;
};

struct SpectrogramTile {
    std::uint64_t number = 0;
    int columns = 0;
    int rows = 0;
    /// [rows, columns], highest frequency first, in steps of 0.5 dB: 255 is 0 dB (a full-scale sine) or more,
    /// 0 is -127.5 dB or less.
    std::vector<std::uint8_t> levels;
};

} // namespace headroom
