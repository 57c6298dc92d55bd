#pragma once

#include "core/audio/audio_buffer.h"
#include "core/audio/resampler.h"
#include "core/separate/chunk_model.h"
#include "core/separate/overlap_add.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

/// Separates a stream of any rate, mono or stereo: brings it to the model's rate and channels, separates by
/// overlap-add, and brings the stems back. Every stem has as many frames as the input, in time with it, at
/// its level. Memory does not depend on the length. One thread.
class StreamSeparator {
public:
    /// @param sampleRate, channels of the input and of the stems  @param name the input's, for messages
    /// Throws Error (Input) for more than two channels.
    StreamSeparator(const ChunkModel& model, int sampleRate, int channels, std::string name);

    /// Takes the next frames; gives the stems' next ones that are ready, as many of each, maybe none.
    /// Throws Error (Input) for frames that are not finite, (Failure) where the model's output is not.
    std::vector<AudioBuffer> process(const AudioBuffer& input);

    /// Ends the input and gives the rest.
    std::vector<AudioBuffer> finish();

    /// How many frames of input make about one chunk due: blocks of this size keep the caller in charge.
    std::int64_t blockFrames() const { return block_; }

private:
    /// The stems' frames at the model's rate, brought to the input's and its channels.
    std::vector<AudioBuffer> deliver(const std::vector<AudioBuffer>& stems, bool last);

    std::string name_;
    int sampleRate_;
    int channels_;
    int modelChannels_;
    std::int64_t block_;
    Resampler toModel_;
    OverlapAdd overlapAdd_;
    std::vector<Resampler> fromModel_; ///< one a stem
    std::int64_t received_ = 0;
    std::int64_t delivered_ = 0;
};

} // namespace headroom
