#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace headroom {

/// Separates one chunk: gives one sound a stem, each with the chunk's channels and frames.
using ChunkFunction = std::function<std::vector<AudioBuffer>(const AudioBuffer& chunk)>;

/// What a chunk function throws to end separation in the middle of a chunk, because a stop was requested.
struct SeparationStopped {};

/// A model as separation sees it: something that separates chunks of a fixed rate and channel count.
struct ChunkModel {
    int sampleRate = 44100; ///< Hz
    int channels = 2;
    std::vector<std::string> stems;
    std::int64_t chunkFrames = 0; ///< frames the model is given at once, at its rate; fewer are fine too
    double overlap = 0.5;         ///< share of a chunk that the next one covers again
    /// Chunks begin at multiples of this many frames: the STFT's hop, so that a model sees the same frames
    /// whether a song is cut into chunks or not.
    std::int64_t alignment = 1;
    ChunkFunction separate;
};

} // namespace headroom
