// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/separate/segment_model.h"

#include <cstdint>
#include <vector>

namespace headroom {

/// Separates a stream of any length by overlap-add. Memory depends only on the segment length and the batch
/// size. Segments are separated in batches as soon as a batch is complete; the result does not depend on the
/// batch size, unless the model's does.
///
/// Segments start every segmentFrames * (1 - overlap) frames. The last one ends with the stream and starts
/// earlier, so that it has full length and needs no padding. A model lacks context near the ends of a
/// segment, so the outer quarter of each overlap is discarded and the rest cross-faded. Weights are
/// normalized by their sum, in double, so that a function that returns its input is reproduced bit for bit.
/// The output has as many frames as the input. One thread.
class OverlapAdd {
public:
    /// @param model with an overlap of 0 ... 0.9
    OverlapAdd(const SegmentModel& model, int channels);

    /// Feeds the next frames and returns the stems' frames that are final, possibly none. Throws Error
    /// (Failure) if the input or the model's output is not finite; the message states which and at what time.
    /// Exceptions of the SegmentFunction pass through.
    std::vector<AudioBuffer> process(const AudioBuffer& input);

    /// Ends the stream and returns the remaining frames.
    std::vector<AudioBuffer> finish();

    std::int64_t hopFrames() const { return hop_; }

    /// Counts frames from `origin` on in messages: the stream is a part of a song. Call before process().
    void setOrigin(std::int64_t origin) { origin_ = origin; }

    /// Start of a shorter stream whose output from `frame` on equals that of a whole stream of `frames`
    /// frames: the first frame of the latest segment whose start has no influence there.
    std::int64_t startFor(std::int64_t frame, std::int64_t frames) const;

private:
    /// Whether the next `count` segments are complete and none of them is the last.
    bool isComplete(int count) const;
    /// Starts of the next `count` segments.
    std::vector<std::int64_t> nextBegins(int count) const;
    AudioBuffer inputBetween(std::int64_t begin, std::int64_t end) const;
    /// Separates the segments that start at `begins` in one batch.
    /// @param last whether the last of them ends the stream
    void separate(const std::vector<std::int64_t>& begins, bool last);
    void add(const SegmentStems& stems, std::int64_t begin, bool last);
    std::vector<double> weights(std::int64_t frames, bool first, bool last) const;
    void release(std::int64_t end);
    std::vector<AudioBuffer> takeReleased();

    int channels_;
    std::int64_t stems_;
    int sampleRate_;
    std::int64_t segment_;
    std::int64_t alignment_;
    int batchSize_;
    std::int64_t hop_ = 1;
    std::int64_t origin_ = 0;
    SegmentFunction separate_;

    std::vector<std::vector<float>> input_; ///< by channel, from frame inputBegin_ on
    std::int64_t inputBegin_ = 0;
    std::int64_t received_ = 0;
    std::int64_t nextSegment_ = 0; ///< first frame of the next segment
    bool anySegment_ = false;

    std::vector<std::vector<double>> sums_; ///< by stem and channel, from frame released_ on
    std::vector<double> weightSums_;
    std::int64_t released_ = 0;
    std::vector<std::vector<float>> output_; ///< by stem and channel: final, not yet returned
};

} // namespace headroom
