#pragma once

#include "core/audio/audio_buffer.h"
#include "core/separate/chunk_model.h"

#include <cstdint>
#include <vector>

namespace headroom {

/// Applies a chunk function to a sound of any length, streamed: memory depends on the chunk alone.
///
/// Chunks begin every chunkFrames * (1 - overlap) frames; the last one is moved back to end with the sound,
/// so that it is as long as the others and no padding is heard. A model lacks context near the ends of a
/// chunk: where two chunks overlap, the outer quarter of the overlap is discarded and the rest cross-faded.
/// Weights are divided by their sum, in double, so that a function that returns its input gives it back bit
/// for bit. Output frames equal input frames. One thread.
class OverlapAdd {
public:
    /// @param overlap 0 ... 0.9
    OverlapAdd(const ChunkModel& model, int channels);

    /// Takes the next frames of the sound; gives the stems' frames that are final, which may be none.
    /// Throws Error (Failure) where the sound or the model's output is not finite, saying which of the two
    /// and when, and whatever the chunk function throws.
    std::vector<AudioBuffer> process(const AudioBuffer& input);

    /// Ends the sound and gives the rest.
    std::vector<AudioBuffer> finish();

    std::int64_t hopFrames() const { return hop_; }

private:
    void runChunk(std::int64_t begin, std::int64_t end, bool last);
    void add(const std::vector<AudioBuffer>& stems, std::int64_t begin, bool last);
    std::vector<double> weights(std::int64_t frames, bool first, bool last) const;
    void release(std::int64_t end);
    std::vector<AudioBuffer> takeReleased();

    int channels_;
    std::int64_t stems_;
    int sampleRate_;
    std::int64_t chunk_;
    std::int64_t alignment_;
    std::int64_t hop_ = 1;
    ChunkFunction separate_;

    std::vector<std::vector<float>> input_; ///< by channel, from frame inputBegin_ on
    std::int64_t inputBegin_ = 0;
    std::int64_t received_ = 0;
    std::int64_t nextChunk_ = 0; ///< where the next chunk begins
    bool anyChunk_ = false;

    std::vector<std::vector<double>> sums_; ///< by stem and channel, from frame released_ on
    std::vector<double> weightSums_;
    std::int64_t released_ = 0;
    std::vector<std::vector<float>> output_; ///< by stem and channel: final, not yet taken
};

} // namespace headroom
