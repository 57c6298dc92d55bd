// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/segment_source.h"

#include "core/audio/varispeed.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace headroom {
namespace {

constexpr float silence = 1e-3F; // -60 dBFS
constexpr int maxDraws = 50;

} // namespace

SegmentSource::SegmentSource(std::vector<Song> songs, const RunConfig& config, std::int64_t memoryLimit,
                             std::shared_ptr<Outage> outage)
    : format_{config.audio.sampleRate, config.audio.channels}, data_(config.data),
      reader_(songs, format_, memoryLimit, config.data.mixture == MixtureSource::File),
      outage_(std::move(outage)), sampler_(std::move(songs), config.data, config.audio.sampleRate,
                                           static_cast<std::uint64_t>(config.training.seed)) {}

Example SegmentSource::example(std::int64_t number, std::int64_t frames) const {
    std::vector<std::string> notices;
    for (int draw = 0;; ++draw) {
        const bool isLast = draw == maxDraws - 1;
        const ExamplePlan plan = sampler_.plan(number, draw, frames);
        try {
            const bool acceptSilence = isLast || plan.keepIfSilent || dropsTarget(plan);
            std::vector<AudioBuffer> stems = read(plan, frames, acceptSilence);
            if (stems.empty())
                continue;
            Example example = mix(plan, std::move(stems));
            example.notices = std::move(notices);
            return example;
        } catch (const OutageError&) {
            throw;
        } catch (const Error& error) {
            if (data_.fileErrors == FileErrorPolicy::Fail || isLast)
                throw;
            notices.push_back("Examples that need this file are drawn again: " + error.message());
        }
    }
}

std::int64_t SegmentSource::exampleBytes(std::int64_t frames) const {
    const auto buffers = 1 + static_cast<std::int64_t>(data_.targets.size());
    return buffers * format_.channels * frames * static_cast<std::int64_t>(sizeof(float));
}

bool SegmentSource::isTarget(const StemPlan& stem) const {
    return std::ranges::count(data_.targets, stem.stem) > 0;
}

bool SegmentSource::dropsTarget(const ExamplePlan& plan) const {
    return std::ranges::any_of(plan.stems,
                               [this](const StemPlan& stem) { return stem.isDropped && isTarget(stem); });
}

std::vector<AudioBuffer> SegmentSource::read(const ExamplePlan& plan, std::int64_t frames,
                                             bool acceptSilence) const {
    std::vector<AudioBuffer> stems(plan.stems.size());
    bool isSilent = true;
    // Read the targets first: if they are silent, the other stems may not be needed.
    for (const bool target : {true, false}) {
        for (std::size_t i = 0; i < stems.size(); ++i) {
            const StemPlan& stem = plan.stems[i];
            if (isTarget(stem) != target)
                continue;
            stems[i] = read(stem, frames);
            isSilent = isSilent && (!target || stems[i].peak() <= silence);
        }
        if (target && isSilent && !acceptSilence)
            return {};
    }
    return stems;
}

AudioBuffer SegmentSource::read(const StemPlan& stem, std::int64_t frames) const {
    if (stem.isDropped)
        return {format_.channels, frames};
    const std::int64_t played = stem.timePitch.inputFrames(frames, format_.sampleRate);
    AudioBuffer audio = readPart(*stem.song, stem, stem.first, played);
    if (stem.mixup) {
        const AudioBuffer second = readPart(*stem.mixup->song, stem, stem.mixup->first, played);
        std::ranges::transform(audio.samples(), second.samples(), audio.samples().begin(),
                               [gain = stem.mixup->gain](float a, float b) { return (a + gain * b) / 2; });
    }
    audio = stem.timePitch.apply(std::move(audio), frames, format_.sampleRate);
    if (stem.isSwapped && audio.channels() == 2)
        std::ranges::swap_ranges(audio.channel(0), audio.channel(1));
    stem.image.apply(audio);
    stem.shelf.apply(audio, format_.sampleRate);
    stem.equalizer.apply(audio, format_.sampleRate);
    if (stem.isInverted)
        std::ranges::transform(audio.samples(), audio.samples().begin(), std::negate());
    return audio;
}

/// A segment of a song, with the speed of the plan.
AudioBuffer SegmentSource::readPart(const Song& song, const StemPlan& stem, std::int64_t first,
                                    std::int64_t frames) const {
    const Varispeed speed(stem.semitones);
    const auto read = [&] { return reader_.read(song, stem.stem, first, speed.inputFrames(frames)); };
    return speed.play(outage_->read(song, read), frames);
}

Example SegmentSource::mix(const ExamplePlan& plan, std::vector<AudioBuffer> stems) const {
    Example example;
    example.mixture = AudioBuffer(stems[0].channels(), stems[0].frames());
    example.targets.resize(data_.targets.size());
    const auto mixture = example.mixture.samples();
    const auto add = [&](const StemPlan& stem, AudioBuffer& audio) {
        for (float& sample : audio.samples())
            sample *= stem.gain;
        if (!plan.mixture || stem.stem == mixtureName)
            std::ranges::transform(mixture, audio.samples(), mixture.begin(), std::plus());
        const auto addOrigin = [&](const Song& song, std::int64_t first, float gain) {
            example.origins.push_back({song.name, stem.stem, static_cast<double>(first) / format_.sampleRate,
                                       gain, stem.semitones, stem.isSwapped});
        };
        if (stem.isDropped)
            return;
        addOrigin(*stem.song, stem.first, stem.gain);
        if (stem.mixup)
            addOrigin(*stem.mixup->song, stem.mixup->first, stem.gain * stem.mixup->gain);
    };
    for (std::size_t i = 0; i < stems.size(); ++i) {
        const StemPlan& stem = plan.stems[i];
        add(stem, stems[i]);
        const auto target = std::ranges::find(data_.targets, stem.stem);
        if (target != data_.targets.end())
            example.targets[target - data_.targets.begin()] = std::move(stems[i]);
    }
    if (plan.mixture) {
        AudioBuffer file = read(*plan.mixture, example.mixture.frames());
        add(*plan.mixture, file);
    }
    return example;
}

} // namespace headroom
