// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/overlap_add.h"

#include "core/audio/bad_samples.h"
#include "core/support/error.h"
#include "core/support/rounding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace headroom {

OverlapAdd::OverlapAdd(const SegmentModel& model, int channels)
    : channels_(channels), stems_(std::ssize(model.stems)), sampleRate_(model.sampleRate),
      segment_(std::max<std::int64_t>(1, model.segmentFrames)),
      alignment_(std::clamp<std::int64_t>(model.alignment, 1, segment_)),
      batchSize_(std::max(1, model.batchSize)), separate_(model.separate), input_(channels),
      sums_(stems_ * channels), output_(stems_ * channels) {
    const double wanted = static_cast<double>(segment_) * (1 - model.overlap);
    const auto steps = std::llround(wanted / static_cast<double>(alignment_));
    hop_ = alignment_ * std::clamp<std::int64_t>(steps, 1, segment_ / alignment_);
}

std::vector<AudioBuffer> OverlapAdd::process(const AudioBuffer& input) {
    BadSamples bad;
    bad.add(input, origin_ + received_);
    if (bad.any())
        throw Error(ErrorKind::Failure, bad.describe(sampleRate_), {}, badSamplesRemedy);
    for (int c = 0; c < channels_; ++c)
        input_[c].insert(input_[c].end(), input.channel(c).begin(), input.channel(c).end());
    received_ += input.frames();

    while (isComplete(batchSize_))
        separate(nextBegins(batchSize_), false);
    const std::int64_t kept = std::min(nextSegment_, std::max<std::int64_t>(0, received_ - segment_));
    for (auto& samples : input_)
        samples.erase(samples.begin(), samples.begin() + (kept - inputBegin_));
    inputBegin_ = kept;
    return takeReleased();
}

std::vector<AudioBuffer> OverlapAdd::finish() {
    int complete = 0;
    while (isComplete(complete + 1))
        ++complete;
    std::vector<std::int64_t> begins = nextBegins(complete);
    const std::int64_t lastBegin = roundUp(std::max<std::int64_t>(0, received_ - segment_), alignment_);
    const bool isShorter = received_ - lastBegin < segment_;
    if (isShorter && complete > 0) // only segments of equal length form a batch
        separate(std::exchange(begins, {}), false);
    if (received_ > 0) {
        begins.push_back(lastBegin);
        separate(begins, true);
    }
    release(received_);
    return takeReleased();
}

std::int64_t OverlapAdd::startFor(std::int64_t frame, std::int64_t frames) const {
    const std::int64_t overlap = segment_ - hop_;
    const std::int64_t influence = overlap - overlap / 4; // see weights()
    // The last segment has its own start, so the shorter stream needs the one before it.
    const std::int64_t latest = std::min(frame - influence, frames - segment_ - 1);
    return std::max<std::int64_t>(0, latest) / hop_ * hop_;
}

// The last segment of the stream has different weights at its end.
bool OverlapAdd::isComplete(int count) const {
    return received_ > nextSegment_ + (count - 1) * hop_ + segment_;
}

std::vector<std::int64_t> OverlapAdd::nextBegins(int count) const {
    std::vector<std::int64_t> begins;
    for (int i = 0; i < count; ++i)
        begins.push_back(nextSegment_ + i * hop_);
    return begins;
}

AudioBuffer OverlapAdd::inputBetween(std::int64_t begin, std::int64_t end) const {
    AudioBuffer audio(channels_, end - begin);
    for (int c = 0; c < channels_; ++c)
        std::copy_n(input_[c].begin() + (begin - inputBegin_), end - begin, audio.channel(c).begin());
    return audio;
}

void OverlapAdd::separate(const std::vector<std::int64_t>& begins, bool last) {
    std::vector<AudioBuffer> segments;
    for (const std::int64_t begin : begins)
        segments.push_back(inputBetween(begin, std::min(begin + segment_, received_)));
    const std::vector<SegmentStems> separated = separate_(segments);
    if (separated.size() != begins.size())
        throw std::logic_error("a SegmentFunction returned the wrong number of segments");
    for (std::size_t i = 0; i < begins.size(); ++i) {
        // Later segments do not start before this one.
        release(begins[i]);
        add(separated[i], begins[i], last && i + 1 == begins.size());
        anySegment_ = true;
    }
    nextSegment_ = begins.back() + hop_;
}

void OverlapAdd::add(const SegmentStems& stems, std::int64_t begin, bool last) {
    if (std::ssize(stems) != stems_)
        throw std::logic_error("a SegmentFunction returned the wrong number of stems");
    const std::int64_t frames = stems.front().frames();
    const std::int64_t offset = begin - released_;
    const auto size = static_cast<std::size_t>(offset + frames);
    const std::vector<double> weight = weights(frames, !anySegment_, last);
    weightSums_.resize(std::max(weightSums_.size(), size));
    for (std::int64_t i = 0; i < frames; ++i)
        weightSums_[offset + i] += weight[i];

    for (std::int64_t s = 0; s < stems_; ++s) {
        for (int c = 0; c < channels_; ++c) {
            auto& sums = sums_[s * channels_ + c];
            sums.resize(std::max(sums.size(), size));
            const auto samples = stems[s].channel(c);
            for (std::int64_t i = 0; i < frames; ++i) {
                if (!std::isfinite(samples[i])) {
                    throw Error(
                        ErrorKind::Failure,
                        fmt::format("the model's output is not finite at {:.3f} s, although its input is",
                                    static_cast<double>(origin_ + begin + i) / sampleRate_),
                        {},
                        "Its weights contain such values, or the audio is far too loud. Use other weights "
                        "or an earlier checkpoint.");
                }
                sums[offset + i] += weight[i] * samples[i];
            }
        }
    }
}

std::vector<double> OverlapAdd::weights(std::int64_t frames, bool first, bool last) const {
    const std::int64_t overlap = segment_ - hop_;
    const std::int64_t discarded = overlap / 4;
    const std::int64_t fade = std::min(overlap / 2, frames / 2 - discarded);
    std::vector<double> weight(static_cast<std::size_t>(frames), 1.0);
    for (std::int64_t i = 0; i < discarded + fade; ++i) {
        const double rising =
            i < discarded ? 0.0 : (static_cast<double>(i - discarded) + 0.5) / static_cast<double>(fade);
        if (!first)
            weight[i] = rising;
        if (!last)
            weight[frames - 1 - i] = rising;
    }
    return weight;
}

void OverlapAdd::release(std::int64_t end) {
    const std::int64_t count = end - released_;
    for (std::size_t row = 0; row < sums_.size(); ++row) {
        for (std::int64_t i = 0; i < count; ++i)
            output_[row].push_back(static_cast<float>(sums_[row][i] / weightSums_[i]));
        sums_[row].erase(sums_[row].begin(), sums_[row].begin() + count);
    }
    weightSums_.erase(weightSums_.begin(), weightSums_.begin() + count);
    released_ = end;
}

std::vector<AudioBuffer> OverlapAdd::takeReleased() {
    std::vector<AudioBuffer> stems;
    for (std::int64_t s = 0; s < stems_; ++s) {
        AudioBuffer stem(channels_, static_cast<std::int64_t>(output_[s * channels_].size()));
        for (int c = 0; c < channels_; ++c)
            std::copy(output_[s * channels_ + c].begin(), output_[s * channels_ + c].end(),
                      stem.channel(c).begin());
        stems.push_back(std::move(stem));
    }
    for (auto& samples : output_)
        samples.clear();
    return stems;
}

} // namespace headroom
