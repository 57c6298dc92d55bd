// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/data/example_source.h"
#include "core/data/outage.h"
#include "core/data/sampler.h"
#include "core/data/stem_reader.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace headroom {

/// Reads and mixes the training examples that Sampler plans.
///
/// An example whose targets are all silent (peak at or below -60 dBFS before gain) is kept with probability
/// DataConfig::silentChunkProbability and drawn again otherwise; one with a dropped target is always kept. If
/// a file cannot be read, the example is drawn again with FileErrorPolicy::Skip, and the Error is thrown with
/// FileErrorPolicy::Fail. The 50th draw is final: it is kept if silent, and throws if unreadable. Outage
/// handles songs that are temporarily unreachable.
class SegmentSource : public ExampleSource {
public:
    /// @param songs       see songsWithTargets
    /// @param memoryLimit see StemReader, bytes
    SegmentSource(std::vector<Song> songs, const RunConfig& config,
                  std::int64_t memoryLimit = StemReader::defaultMemoryLimit,
                  std::shared_ptr<Outage> outage = std::make_shared<Outage>());

    Example example(std::int64_t number, std::int64_t frames) const override;
    std::int64_t exampleBytes(std::int64_t frames) const override;

private:
    AudioBuffer read(const StemPlan& stem, std::int64_t frames) const;
    AudioBuffer readPart(const Song& song, const StemPlan& stem, std::int64_t first,
                         std::int64_t frames) const;
    /// The planned stems without gain; empty if the targets are silent and `acceptSilence` is false.
    std::vector<AudioBuffer> read(const ExamplePlan& plan, std::int64_t frames, bool acceptSilence) const;
    Example mix(const ExamplePlan& plan, std::vector<AudioBuffer> stems) const;
    bool isTarget(const StemPlan& stem) const;
    bool dropsTarget(const ExamplePlan& plan) const;

    AudioFormat format_;
    DataConfig data_;
    StemReader reader_;
    std::shared_ptr<Outage> outage_;
    Sampler sampler_;
};

} // namespace headroom
