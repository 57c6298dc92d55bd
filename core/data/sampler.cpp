#include "core/data/sampler.h"

#include "core/audio/varispeed.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace headroom {
namespace {

/// @param place in [0, 1)
std::int64_t offsetAt(double place, const Song& song, std::int64_t frames) {
    const std::int64_t last = std::max<std::int64_t>(0, song.frames - frames);
    return static_cast<std::int64_t>(place * static_cast<double>(last + 1));
}

void checkTargets(const std::vector<std::string>& targets) {
    const std::set<std::string> distinct(targets.begin(), targets.end());
    if (targets.empty() || distinct.size() < targets.size() || distinct.contains(mixtureName)) {
        throw Error(ErrorKind::Input, fmt::format("[{}] cannot be trained on", fmt::join(targets, ", ")),
                    "data.targets", "Name at least one stem, each once, and not the mixture.");
    }
}

std::string stemNames(const Song& song) {
    std::vector<std::string> names;
    for (const StemFile& stem : song.stems)
        names.push_back(stem.stem);
    return fmt::format("{}", fmt::join(names, ", "));
}

} // namespace

std::vector<Song> songsWithTargets(const std::vector<Song>& songs, const std::vector<std::string>& targets,
                                   FileErrorPolicy policy, std::vector<std::string>& notices) {
    checkTargets(targets);
    std::vector<Song> usable;
    for (const Song& song : songs) {
        const auto missing =
            std::ranges::find_if(targets, [&](const std::string& target) { return !song.find(target); });
        if (missing == targets.end()) {
            usable.push_back(song);
            continue;
        }
        if (policy == FileErrorPolicy::Fail) {
            throw Error(ErrorKind::Input,
                        fmt::format("there is no stem '{}'; there are {}", *missing, stemNames(song)),
                        song.folder.string(),
                        "Add it, change data.targets, or leave such songs out with data.file_errors: skip.");
        }
        notices.push_back(
            fmt::format("The song '{}' is left out: there is no stem '{}'", song.name, *missing));
    }
    if (usable.empty()) {
        throw Error(ErrorKind::Input, fmt::format("no song has all the stems [{}]", fmt::join(targets, ", ")),
                    "data.targets",
                    songs.empty() ? "" : fmt::format("'{}' has {}.", songs[0].name, stemNames(songs[0])));
    }
    return usable;
}

Sampler::Sampler(std::vector<Song> songs, const DataConfig& data, int sampleRate, std::uint64_t seed)
    : songs_(std::move(songs)), data_(data), sampleRate_(sampleRate), seed_(seed) {
    for (const Song& song : songs_) {
        all_.push_back(&song);
        for (const StemFile& stem : song.stems)
            songsWith_[stem.stem].push_back(&song);
    }
}

ExamplePlan Sampler::plan(std::int64_t example, int attempt, std::int64_t frames) const {
    RandomStream random(seed_, static_cast<std::uint64_t>(example), static_cast<std::uint64_t>(attempt));
    const Cut common = drawCut(random, all_);
    const bool isMixed = random.uniform() < data_.randomMixProbability;
    ExamplePlan plan;
    plan.keepIfSilent = random.uniform() < data_.silentChunkProbability;
    for (const StemFile& stem : common.song->stems) {
        // Every number is drawn in every case, so that one setting does not change what another leads to.
        const Cut own = drawCut(random, songsWith_.at(stem.stem));
        const double gain = data_.gainMin + random.uniform() * (data_.gainMax - data_.gainMin);
        const StereoImage image = drawImage(random);
        const HighShelf shelf = drawShelf(random);
        const Cut& cut = isMixed ? own : common;
        const auto needed = Varispeed(cut.semitones).inputFrames(frames);
        plan.stems.push_back({cut.song, stem.stem, offsetAt(cut.place, *cut.song, needed),
                              static_cast<float>(gain), cut.semitones, cut.isSwapped, image, shelf});
    }
    return plan;
}

Sampler::Cut Sampler::drawCut(RandomStream& random, const std::vector<const Song*>& songs) const {
    Cut cut{};
    cut.song = songs[random.below(static_cast<std::int64_t>(songs.size()))];
    cut.place = random.uniform();
    // Whole ones: music is tuned alike almost everywhere, so sound between its notes teaches less.
    cut.semitones = static_cast<double>(random.below(2 * data_.pitchShift + 1) - data_.pitchShift);
    cut.isSwapped = random.uniform() < data_.channelSwapProbability;
    return cut;
}

StereoImage Sampler::drawImage(RandomStream& random) const {
    const double spread = data_.stereoSpread;
    StereoImage image;
    image.width = 1 + spread * (1.5 * random.uniform() - 1);
    image.balance = spread * (random.uniform() - 0.5);
    const double echo = 4 * random.uniform() - 2; // beyond -1 and 1: none
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

} // namespace headroom
