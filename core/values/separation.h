#pragma once

#include "core/values/model_source.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Separating sound files into stem files, as plain values.
namespace headroom {

struct SeparationRequest {
    ModelSource model;
    std::vector<std::string> inputs; ///< sound files, and folders, which mean the sound files right in them
    std::string outputFolder;        ///< made where it is missing; each song gets a folder of its name in it
    std::vector<std::string> stems;  ///< of the model, and "rest"; empty: all, and "rest"
    std::string format = "wav";      ///< "wav" or "flac"
    std::string subtype;             ///< "PCM_16", "PCM_24", "FLOAT"; empty: FLOAT in WAV, PCM_24 in FLAC
    bool overwrite = false;          ///< replace files that are there
};

/// What became of one input.
struct SeparatedSong {
    std::string input;
    std::vector<std::string> outputs;
    double seconds = 0;              ///< length of the sound
    std::int64_t clippedSamples = 0; ///< beyond full scale, which PCM cannot hold
    /// Energy of the input minus the sum of the files as they read back, relative to the input's; -infinity
    /// where they agree to the last bit. Absent where "rest" is not written beside a stem.
    std::optional<double> nullTestDecibels;
    std::string error; ///< why it failed; empty: it did not
};

struct SeparationState {
    std::size_t song = 0; ///< 1 is the first
    std::size_t songs = 0;
    std::string input;
    double secondsDone = 0; ///< of sound, over all songs
    double seconds = 0;     ///< of sound, in all songs
};

struct SeparationSummary {
    std::string device;
    std::string weights;
    std::vector<SeparatedSong> songs;
    bool stopped = false; ///< songs in progress or not begun at the stop request are not in `songs`
};

} // namespace headroom
