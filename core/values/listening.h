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

/// What a ListeningService answers, as plain values.
namespace headroom {

struct SongList {
    std::uint64_t number = 0;
    std::vector<SongAudio> songs;     ///< test, validation, train; by name
    std::vector<std::string> notices; ///< songs left out and why
    std::optional<Error> error;       ///< why there are none
};

/// A checkpoint of a run.
struct CheckpointInfo {
    std::int64_t step = 0;
    int epoch = 0;
    bool best = false;                        ///< highest median cSDR on the validation songs
    std::map<std::string, StemScore> metrics; ///< of its validation; empty where it had none
};

struct CheckpointList {
    std::uint64_t number = 0;
    std::string runFolder;
    std::vector<CheckpointInfo> checkpoints; ///< newest first; damaged ones are left out
};

struct SongOpened {
    std::uint64_t number = 0;
    int sampleRate = 0;             ///< Hz, of all sounds
    std::int64_t frames = 0;        ///< of all sounds, at this rate
    std::vector<std::string> stems; ///< names, without the mixture
};

/// The next frames of one sound of the song.
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

/// One second of a stem against its reference.
struct SecondScore {
    std::optional<double> sdr;  ///< dB; absent where the reference or the estimate is silent
    double referenceEnergy = 0; ///< mean square
    double errorEnergy = 0;     ///< mean square of estimate - reference
};

struct SdrAnswer {
    std::uint64_t number = 0;
    std::vector<SecondScore> seconds; ///< an incomplete last second is left out
    std::optional<double> cSdr;       ///< their median, dB
};

inline constexpr std::int64_t framesPerPeak = 64;

/// The extent of the samples of some frames, both channels together.
struct Peak {
    float lowest = 0;
    float highest = 0;
    float meanSquare = 0;
};

struct PeaksAnswer {
    std::uint64_t number = 0;
    std::int64_t begin = 0;
    std::vector<Peak> peaks; ///< one every framesPerPeak frames, the last maybe of fewer
};

/// A rectangle of a spectrogram. A column tells the mean power over its frames, in analysis windows of 2048
/// frames, both channels together.
struct TileRequest {
    std::uint64_t number = 0;
    AudioSum sound;
    int sampleRate = 44100;
    FrequencyScale scale = FrequencyScale::Mel;
    std::int64_t begin = 0; ///< the first frame of the first column
    std::int64_t hop = 512; ///< frames of a column
    int columns = 256;
    int rows = 128;
};

struct SpectrogramTile {
    std::uint64_t number = 0;
    int columns = 0;
    int rows = 0;
    /// [rows, columns], the highest frequency first, in steps of half a decibel: 255 is 0 dB, the level of a
    /// sine of full scale, or more; 0 is -127.5 dB or less.
    std::vector<std::uint8_t> levels;
};

} // namespace headroom
