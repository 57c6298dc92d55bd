// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/sampler.h"

#include "core/audio/varispeed.h"
#include "core/data/activity.h"
#include "core/data/stem_names.h"
#include "core/support/error.h"
#include "core/support/lower_case.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <set>
#include <utility>

namespace headroom {
namespace {

void checkTargets(const std::vector<std::string>& targets) {
    const std::set<std::string> distinct(targets.begin(), targets.end());
    if (targets.empty() || distinct.size() < targets.size() || distinct.contains(mixtureName)) {
        throw Error(ErrorKind::Input,
                    fmt::format("[{}] is not a valid list of targets", fmt::join(targets, ", ")),
                    "data.targets", "List at least one stem, no stem twice, and not the mixture.");
    }
}

std::string stemNames(const Song& song) {
    std::vector<std::string> names;
    for (const SongStem& stem : song.stems)
        names.push_back(stem.stem);
    return fmt::format("{}", fmt::join(names, ", "));
}

/// Explains a file that has the name of the stem, but is not used as a stem.
std::string reasonMissing(const Song& song, const std::string& stem) {
    const std::string name = lowerCase(stem);
    if (const auto file = std::ranges::find(song.unread, name, &UnreadPath::stem); file != song.unread.end())
        return fmt::format("; {} {}", file->path.filename().string(), file->reason);
    const auto isNamed = [&](const std::filesystem::path& file) { return stemName(file) == name; };
    if (const auto file = std::ranges::find_if(song.sums, isNamed); file != song.sums.end())
        return fmt::format("; {} is their sum and is used as the mixture", file->filename().string());
    return {};
}

/// The first stem that a song must have and lacks, among the targets and the mixture file; empty: none.
std::string missingStem(const Song& song, const DataConfig& data) {
    std::vector<std::string> required = data.targets;
    if (data.mixture == MixtureSource::File)
        required.emplace_back(mixtureName);
    const auto missing =
        std::ranges::find_if(required, [&](const std::string& stem) { return !song.find(stem); });
    return missing == required.end() ? std::string() : *missing;
}

/// Stems that are to be changed, and that no song has, are mistakes.
void checkChangedStems(const std::vector<Song>& songs, const DataConfig& data) {
    for (const auto& [key, stems] : {std::pair("data.pitch_stems", &data.pitchStems),
                                     std::pair("data.stretch_stems", &data.stretchStems)}) {
        for (const std::string& stem : *stems) {
            if (std::ranges::none_of(songs, [&](const Song& song) { return song.find(stem) != nullptr; }))
                throw Error(ErrorKind::Input, fmt::format("no training song has the stem '{}'", stem), key,
                            "Correct its name, or remove it.");
        }
    }
}

/// Checks that examples can be mixed from songs of which some lack stems.
void checkMixing(const std::vector<Song>& songs, const DataConfig& data) {
    for (const std::string& stem : data.stems) {
        if (std::ranges::none_of(songs, [&](const Song& song) { return song.find(stem) != nullptr; }))
            throw Error(ErrorKind::Input, fmt::format("no training song has the stem '{}'", stem),
                        "data.stems", "Add songs that have it, or change data.stems.");
    }
    if (data.randomMixProbability < 1 && std::ranges::none_of(songs, &Song::isComplete))
        throw Error(ErrorKind::Input,
                    "no training song has all of data.stems, so that all segments must be mixed from "
                    "different songs",
                    "data.random_mix_probability", "Set it to 1.");
}

} // namespace

std::vector<Song> songsWithTargets(const std::vector<Song>& songs, const DataConfig& data,
                                   std::vector<std::string>& notices) {
    const std::vector<std::string>& targets = data.targets;
    checkTargets(targets);
    std::vector<Song> usable;
    for (const Song& song : songs) {
        const std::string missing = missingStem(song, data);
        if (missing.empty() || !song.isComplete) {
            usable.push_back(song);
            continue;
        }
        const bool isMixture = missing == mixtureName;
        const std::string what =
            isMixture ? "no mixture file, which data.mixture requires" : fmt::format("no stem '{}'", missing);
        if (data.fileErrors == FileErrorPolicy::Fail) {
            throw Error(ErrorKind::Input,
                        fmt::format("the song has {}, only {}{}", what, stemNames(song),
                                    reasonMissing(song, missing)),
                        song.folder.string(),
                        fmt::format("Add it, change {}, or skip such songs with data.file_errors: skip.",
                                    isMixture ? "data.mixture" : "data.targets"));
        }
        notices.push_back(fmt::format("The song '{}' is skipped: it has {}", song.name, what));
    }
    if (usable.empty()) {
        const bool needsFile = data.mixture == MixtureSource::File;
        throw Error(ErrorKind::Input,
                    fmt::format("no song has all the stems [{}]{}", fmt::join(targets, ", "),
                                needsFile ? " and a mixture file" : ""),
                    "data.targets",
                    songs.empty() ? "" : fmt::format("'{}' has {}.", songs[0].name, stemNames(songs[0])));
    }
    checkChangedStems(usable, data);
    if (data.incompleteSongs == IncompleteSongs::Mix)
        checkMixing(usable, data);
    return usable;
}

Sampler::Sampler(std::vector<Song> songs, const DataConfig& data, int sampleRate, std::uint64_t seed)
    : songs_(std::move(songs)), data_(data), sampleRate_(sampleRate), seed_(seed) {
    if (data_.activityWindow > 0)
        addActiveWindows();
    // Stems without active windows are drawn from entire songs.
    std::set<std::string> withoutWindows;
    for (const Song& song : songs_) {
        for (const SongStem& stem : song.stems) {
            if (mixed_[stem.stem].empty())
                withoutWindows.insert(stem.stem);
        }
    }
    const bool targetsHaveNoWindows = aligned_.empty();
    const bool noneIsComplete = std::ranges::none_of(songs_, &Song::isComplete);
    for (const Song& song : songs_) {
        if (targetsHaveNoWindows && (song.isComplete || noneIsComplete))
            aligned_.push_back({&song, 0, song.frames});
        for (const SongStem& stem : song.stems) {
            if (withoutWindows.contains(stem.stem))
                mixed_[stem.stem].push_back({&song, 0, song.frames});
        }
    }
}

void Sampler::addActiveWindows() {
    const std::int64_t frames = activityWindowFrames(data_.activityWindow, sampleRate_);
    for (const Song& song : songs_) {
        for (const SongStem& stem : song.stems) {
            const bool isTarget = std::ranges::count(data_.targets, stem.stem) > 0;
            for (const std::int64_t first : stem.activeWindows) {
                mixed_[stem.stem].push_back({&song, first, frames});
                if (isTarget && song.isComplete)
                    aligned_.push_back({&song, first, frames});
            }
        }
    }
}

std::vector<std::string> Sampler::stemsOf(const Song& song) const {
    std::vector<std::string> names = data_.stems;
    if (song.isComplete) {
        names.clear();
        std::ranges::transform(song.stems, std::back_inserter(names), &SongStem::stem);
    }
    std::ranges::sort(names);
    return names;
}

ExamplePlan Sampler::plan(std::int64_t example, int attempt, std::int64_t frames) const {
    RandomStream random(seed_, static_cast<std::uint64_t>(example), static_cast<std::uint64_t>(attempt));
    const Cut common = drawCut(random, aligned_);
    const bool isMixed = random.uniform() < data_.randomMixProbability;
    ExamplePlan plan;
    std::vector<Cut> cuts; // by stem
    plan.keepIfSilent = random.uniform() < data_.silentChunkProbability;
    for (const std::string& stem : stemsOf(*common.from.song)) {
        // Draw every number in every case, so that one option does not change the draws of another.
        const Cut own = drawCut(random, mixed_.at(stem));
        const double gain = drawGain(random);
        const StereoImage image = drawImage(random);
        const HighShelf shelf = drawShelf(random);
        const Cut& cut = cuts.emplace_back(isMixed ? own : common);
        plan.stems.push_back(
            {cut.from.song, stem, 0, static_cast<float>(gain), cut.semitones, cut.isSwapped, image, shelf});
    }
    // What later versions added is drawn last, so that the other draws stay the same.
    for (StemPlan& stem : plan.stems)
        stem.isDropped = random.uniform() < data_.stemDropout && isMixed;
    const bool allInverted = random.uniform() < data_.polarityProbability;
    std::vector<std::optional<Second>> seconds; // by stem
    for (StemPlan& stem : plan.stems) {
        const bool isInverted = random.uniform() < data_.polarityProbability;
        stem.isInverted = isMixed ? isInverted : allInverted;
        stem.equalizer = drawEqualizer(random);
        const auto second = drawMixup(random, stem);
        seconds.push_back(isMixed ? second : std::nullopt);
    }
    const TimePitch allChanged = drawTimePitch(random);
    for (std::size_t i = 0; i < plan.stems.size(); ++i) {
        StemPlan& stem = plan.stems[i];
        const TimePitch own = drawTimePitch(random);
        stem.timePitch = allowed(isMixed ? own : allChanged, stem.stem);
        place(stem, cuts[i], seconds[i], frames);
    }
    if (data_.mixture == MixtureSource::File)
        useMixtureFile(plan);
    return plan;
}

/// The stems have the same cut already, as the example is aligned.
void Sampler::useMixtureFile(ExamplePlan& plan) const {
    plan.mixture = plan.stems.front();
    plan.mixture->stem = mixtureName;
    std::erase_if(plan.stems, [&](const StemPlan& stem) {
        return std::ranges::find(data_.targets, stem.stem) == data_.targets.end();
    });
    for (StemPlan& stem : plan.stems)
        stem.gain = plan.mixture->gain;
}

std::int64_t Sampler::Cut::offset(std::int64_t frames) const {
    const std::int64_t slack = std::max<std::int64_t>(0, from.frames - frames);
    const std::int64_t last = std::max<std::int64_t>(0, from.song->frames - frames);
    return std::min(last, from.first + static_cast<std::int64_t>(position * static_cast<double>(slack + 1)));
}

Sampler::Cut Sampler::drawCut(RandomStream& random, const std::vector<Range>& ranges) const {
    Cut cut{};
    cut.from = ranges[random.below(static_cast<std::int64_t>(ranges.size()))];
    cut.position = random.uniform();
    // Whole semitones, since nearly all music has the same tuning.
    cut.semitones = static_cast<double>(random.below(2 * data_.pitchShift + 1) - data_.pitchShift);
    cut.isSwapped = random.uniform() < data_.channelSwapProbability;
    return cut;
}

double Sampler::drawGain(RandomStream& random) const {
    return data_.gainMin + random.uniform() * (data_.gainMax - data_.gainMin);
}

StereoImage Sampler::drawImage(RandomStream& random) const {
    const double spread = data_.stereoSpread;
    StereoImage image;
    image.width = 1 + spread * (1.5 * random.uniform() - 1);
    image.balance = spread * (random.uniform() - 0.5);
    const double echo = 4 * random.uniform() - 2; // no echo outside of (-1, 1)
    const double seconds = 0.003 + 0.027 * random.uniform();
    if (spread > 0 && std::abs(echo) < 1) {
        image.echo = spread * echo;
        image.delay = std::llround(seconds * sampleRate_);
    }
    return image;
}

HighShelf Sampler::drawShelf(RandomStream& random) const {
    const double decibels = (2 * random.uniform() - 1) * data_.shelfGain;
    return {decibels, 200 * std::pow(20, random.uniform())};
}

Equalizer Sampler::drawEqualizer(RandomStream& random) const {
    struct Range {
        double low, high; // Hz
    };
    constexpr std::array<Range, Equalizer::bandCount> ranges = {
        {{42, 95}, {91, 204}, {196, 441}, {421, 948}, {909, 2045}, {1957, 4404}, {4216, 9486}}};
    const bool isUsed = random.uniform() < data_.equalizerProbability;
    Equalizer equalizer;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        Equalizer::Band& band = equalizer.bands[i];
        band.hertz = ranges[i].low * std::pow(ranges[i].high / ranges[i].low, random.uniform());
        const double decibels = (2 * random.uniform() - 1) * data_.equalizerGain;
        band.decibels = isUsed ? decibels : 0;
    }
    return equalizer;
}

/// The pitch shift stays that of the first segment.
std::optional<Sampler::Second> Sampler::drawMixup(RandomStream& random, const StemPlan& stem) const {
    const bool isUsed = random.uniform() < data_.mixupProbability;
    const Cut cut = drawCut(random, mixed_.at(stem.stem));
    const double gain = drawGain(random);
    if (!isUsed)
        return std::nullopt;
    return Second{cut, static_cast<float>(gain) / stem.gain};
}

TimePitch Sampler::drawTimePitch(RandomStream& random) const {
    const auto draw = [&](double probability, double low, double high, double unchanged) {
        const bool isUsed = random.uniform() < probability;
        const double drawn = low + random.uniform() * (high - low);
        return isUsed ? drawn : unchanged;
    };
    TimePitch change;
    change.semitones = draw(data_.pitchProbability, data_.pitchMin, data_.pitchMax, 0);
    change.tempo = draw(data_.stretchProbability, data_.stretchMin, data_.stretchMax, 1);
    return change;
}

/// Drops the changes that the configuration does not allow for this stem.
TimePitch Sampler::allowed(const TimePitch& drawn, const std::string& stem) const {
    const auto isListed = [&](const std::vector<std::string>& stems) {
        return stems.empty() || std::ranges::find(stems, stem) != stems.end();
    };
    TimePitch change;
    if (isListed(data_.pitchStems))
        change.semitones = drawn.semitones;
    if (isListed(data_.stretchStems))
        change.tempo = drawn.tempo;
    return change;
}

/// Sets where the segments of a stem begin, once it is known how much audio they need.
void Sampler::place(StemPlan& stem, const Cut& cut, const std::optional<Second>& second,
                    std::int64_t frames) const {
    const std::int64_t played = stem.timePitch.inputFrames(frames, sampleRate_);
    const std::int64_t needed = Varispeed(stem.semitones).inputFrames(played);
    stem.first = cut.offset(needed);
    if (second)
        stem.mixup = MixupPlan{second->cut.from.song, second->cut.offset(needed), second->gain};
}

} // namespace headroom
