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

/// Training examples cut from songs, as Sampler plans them.
///
/// An example all of whose targets are silent (no sample of the songs beyond -60 dBFS) is kept with
/// probability DataConfig::silentChunkProbability and drawn again otherwise; one with a dropped target is
/// always kept. An example that needs a file that cannot be read is drawn again if DataConfig::fileErrors is
/// Skip. After 50 draws silence is taken, and an unreadable file is an Error. Songs that cannot be reached at
/// all are waited for: see Outage.
class ChunkSource : public ExampleSource {
public:
    /// @param songs each with all of config.data.targets (see songsWithTargets), at least one
    /// @param memoryLimit see StemReader
    ChunkSource(std::vector<Song> songs, const RunConfig& config,
                std::int64_t memoryLimit = StemReader::defaultMemoryLimit,
                std::shared_ptr<Outage> outage = std::make_shared<Outage>());

    Example example(std::int64_t number, std::int64_t frames) const override;
    std::int64_t exampleBytes(std::int64_t frames) const override;

private:
    AudioBuffer read(const StemPlan& stem, std::int64_t frames) const;
    /// The stems as planned, without gain; none where the targets are silent and that is not accepted.
    std::vector<AudioBuffer> read(const ExamplePlan& plan, std::int64_t frames, bool acceptSilence) const;
    Example mix(const ExamplePlan& plan, std::vector<AudioBuffer> stems) const;
    bool isTarget(const StemPlan& stem) const;
    bool dropsTarget(const ExamplePlan& plan) const;

    AudioFormat form_;
    DataConfig data_;
    StemReader reader_;
    std::shared_ptr<Outage> outage_;
    Sampler sampler_;
};

} // namespace headroom
