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

namespace headroom {

OverlapAdd::OverlapAdd(const SegmentModel& model, int channels)
    : channels_(channels), stems_(std::ssize(model.stems)), sampleRate_(model.sampleRate),
      segment_(std::max<std::int64_t>(1, model.segmentFrames)),
      alignment_(std::clamp<std::int64_t>(model.alignment, 1, segment_)), separate_(model.separate),
      input_(channels), sums_(stems_ * channels), output_(stems_ * channels) {
    const double wanted = static_cast<double>(segment_) * (1 - model.overlap);
    const auto steps = std::llround(wanted / static_cast<double>(alignment_));
    hop_ = alignment_ * std::clamp<std::int64_t>(steps, 1, segment_ / alignment_);
}

std::vector<AudioBuffer> OverlapAdd::process(const AudioBuffer& input) {
    BadSamples bad;
    bad.add(input, received_);
    if (bad.any())
        throw Error(ErrorKind::Failure, bad.describe(sampleRate_), {}, badSamplesRemedy);
    for (int c = 0; c < channels_; ++c)
        input_[c].insert(input_[c].end(), input.channel(c).begin(), input.channel(c).end());
    received_ += input.frames();

    // Wait for more than one segment, because the last segment has different weights at its end.
    while (received_ > nextSegment_ + segment_) {
        runSegment(nextSegment_, nextSegment_ + segment_, false);
        nextSegment_ += hop_;
    }
    const std::int64_t kept = std::min(nextSegment_, std::max<std::int64_t>(0, received_ - segment_));
    for (auto& samples : input_)
        samples.erase(samples.begin(), samples.begin() + (kept - inputBegin_));
    inputBegin_ = kept;
    return takeReleased();
}

std::vector<AudioBuffer> OverlapAdd::finish() {
    const std::int64_t excess = std::max<std::int64_t>(0, received_ - segment_);
    const std::int64_t begin = roundUp(excess, alignment_);
    if (received_ > 0)
        runSegment(begin, received_, true);
    release(received_);
    return takeReleased();
}

void OverlapAdd::runSegment(std::int64_t begin, std::int64_t end, bool last) {
    AudioBuffer segment(channels_, end - begin);
    for (int c = 0; c < channels_; ++c)
        std::copy_n(input_[c].begin() + (begin - inputBegin_), end - begin, segment.channel(c).begin());
    const std::vector<AudioBuffer> stems = separate_(segment);
    if (std::ssize(stems) != stems_)
        throw std::logic_error("a SegmentFunction returned the wrong number of stems");

    // Later segments do not start before this one.
    release(begin);
    add(stems, begin, last);
    anySegment_ = true;
}

void OverlapAdd::add(const std::vector<AudioBuffer>& stems, std::int64_t begin, bool last) {
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
                                    static_cast<double>(begin + i) / sampleRate_),
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
