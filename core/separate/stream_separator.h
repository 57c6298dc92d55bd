// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/audio/resampler.h"
#include "core/separate/overlap_add.h"
#include "core/separate/segment_model.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

/// Separates a mono or stereo stream of any rate: converts it to the model's rate and channels, separates by
/// overlap-add and converts the stems back. Every stem has the length, timing and level of the input. Memory
/// does not depend on the length. One thread.
class StreamSeparator {
public:
    /// Throws Error (Input) for more than two channels.
    /// @param sampleRate, channels of the input and of the stems
    /// @param name of the input, for errors
    StreamSeparator(const SegmentModel& model, int sampleRate, int channels, std::string name);

    /// Feeds the next frames and returns the stems' frames that are ready, the same number of each, possibly
    /// none. Throws Error (Input) if the input is not finite, (Failure) if the model's output is not.
    std::vector<AudioBuffer> process(const AudioBuffer& input);

    /// Ends the input and returns the remaining frames.
    std::vector<AudioBuffer> finish();

    /// Input frames per segment, approximately. With blocks of this size, the caller regains control after
    /// each segment.
    std::int64_t blockFrames() const { return block_; }

private:
    /// Converts the stems from the model's rate and channels to those of the input.
    std::vector<AudioBuffer> deliver(const std::vector<AudioBuffer>& stems, bool last);

    std::string name_;
    int sampleRate_;
    int channels_;
    int modelChannels_;
    std::int64_t block_;
    Resampler toModel_;
    OverlapAdd overlapAdd_;
    std::vector<Resampler> fromModel_; ///< one per stem
    std::int64_t received_ = 0;
    std::int64_t delivered_ = 0;
};

} // namespace headroom
