// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/segment_lengths.h"

#include "core/config/audio_length.h"
#include "core/data/random_stream.h"

#include <algorithm>

namespace headroom {
namespace {

/// Few, because libraries cache plans and workspaces for each length that a device processes.
constexpr std::int64_t mostLengths = 16;

/// Differs from the attempts of the sampler, which count from 0.
constexpr std::uint64_t lengthStream = 0xffff'ffff'ffff'ffff;

} // namespace

SegmentLengths::SegmentLengths(const RunConfig& config)
    : longest_(segmentSamples(config.audio)),
      together_(std::int64_t{config.training.batchSize} * config.training.gradientAccumulationSteps),
      seed_(static_cast<std::uint64_t>(config.training.seed)) {
    const std::int64_t range =
        samplesIn(config.audio, config.audio.segmentLength * config.audio.segmentShortening);
    const std::int64_t hops = range / config.audio.hopLength;
    count_ = std::min(mostLengths, hops + 1);
    if (count_ > 1)
        apart_ = hops / (count_ - 1) * config.audio.hopLength;
}

std::int64_t SegmentLengths::of(std::int64_t firstExample) const {
    if (count_ == 1)
        return longest_;
    RandomStream random(seed_, static_cast<std::uint64_t>(firstExample / together_), lengthStream);
    return longest_ - apart_ * random.below(count_);
}

} // namespace headroom
