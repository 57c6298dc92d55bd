#include "core/data/activity.h"

#include "core/support/error.h"
#include "core/support/parallel_for.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <utility>

namespace headroom {
namespace {

constexpr int partsOfWindow = 10;
constexpr int partsOfStep = 5;
constexpr double activeRms = 1e-3; // -60 dBFS

/// Active windows and windows, of one stem in all songs.
using WindowCounts = std::map<std::string, std::pair<std::int64_t, std::int64_t>>;

std::int64_t windowsIn(std::int64_t frames, std::int64_t windowFrames) {
    return frames < windowFrames ? 0 : 1 + (frames - windowFrames) / (windowFrames / 2);
}

WindowCounts countWindows(const std::vector<Song>& songs, std::int64_t windowFrames) {
    WindowCounts counts;
    for (const Song& song : songs) {
        for (const StemFile& stem : song.stems) {
            counts[stem.stem].first += static_cast<std::int64_t>(stem.activeWindows.size());
            counts[stem.stem].second += windowsIn(song.frames, windowFrames);
        }
    }
    return counts;
}

void requireActiveTargets(const WindowCounts& counts, const DataConfig& data) {
    const auto isActive = [&](const std::string& target) {
        const auto found = counts.find(target);
        return found != counts.end() && found->second.first > 0;
    };
    for (const std::string& target : data.targets) {
        if (!isActive(target))
            throw Error(
                ErrorKind::Input,
                fmt::format("no song has a window of {} s in which '{}' sounds", data.activityWindow, target),
                data.root, "Choose a shorter data.activity_window, or 0 to draw chunks from anywhere.");
    }
}

} // namespace

std::int64_t activityWindowFrames(double seconds, int sampleRate) {
    return partsOfWindow * static_cast<std::int64_t>(seconds * sampleRate / partsOfWindow);
}

ActivityMeter::ActivityMeter(std::int64_t windowFrames, int channels)
    : partFrames_(windowFrames / partsOfWindow), energy_(static_cast<std::size_t>(channels)) {}

void ActivityMeter::add(const AudioBuffer& block) {
    for (std::int64_t begin = 0; begin < block.frames();) {
        const std::int64_t count = std::min(partFrames_ - filled_, block.frames() - begin);
        for (std::size_t c = 0; c < energy_.size(); ++c) {
            for (const float sample : block.channel(static_cast<int>(c)).subspan(begin, count))
                energy_[c] += static_cast<double>(sample) * sample;
        }
        begin += count;
        filled_ += count;
        if (filled_ < partFrames_)
            continue;
        for (double& energy : energy_) {
            partActive_.push_back(energy > activeRms * activeRms * static_cast<double>(partFrames_));
            energy = 0;
        }
        filled_ = 0;
    }
}

std::vector<std::int64_t> ActivityMeter::activeWindows() const {
    const std::size_t channels = energy_.size();
    const std::size_t parts = partActive_.size() / channels;
    std::vector<std::int64_t> windows;
    for (std::size_t first = 0; first + partsOfWindow <= parts; first += partsOfStep) {
        bool isActive = true;
        for (std::size_t c = 0; c < channels; ++c) {
            int active = 0;
            for (std::size_t part = first; part < first + partsOfWindow; ++part)
                active += partActive_[part * channels + c] ? 1 : 0;
            isActive = isActive && 2 * active > partsOfWindow;
        }
        if (isActive)
            windows.push_back(static_cast<std::int64_t>(first) * partFrames_);
    }
    return windows;
}

bool findActivity(std::vector<Song>& songs, const RunConfig& config, Outage& outage,
                  const std::stop_token& stop, std::vector<std::string>& notices) {
    constexpr std::size_t mostThreads = 4;
    constexpr std::int64_t blockSeconds = 30; // at once in memory
    const AudioFormat form{config.audio.sampleRate, config.audio.channels};
    const std::int64_t window = activityWindowFrames(config.data.activityWindow, form.sampleRate);
    const std::int64_t block = blockSeconds * form.sampleRate;
    const auto measure = [&](Song& song, StemFile& stem) {
        ActivityMeter meter(window, form.channels);
        for (std::int64_t first = 0; first < song.frames && !stop.stop_requested(); first += block) {
            const std::int64_t frames = std::min(block, song.frames - first);
            meter.add(outage.read(song, [&] { return readStem(song, stem.stem, form, first, frames); }));
        }
        stem.activeWindows = meter.activeWindows();
    };
    try {
        parallelFor(songs.size(), threadsUpTo(mostThreads), stop, [&](std::size_t i) {
            for (StemFile& stem : songs[i].stems)
                measure(songs[i], stem);
        });
    } catch (const OutageError&) {
        if (!stop.stop_requested())
            throw;
    }
    if (stop.stop_requested())
        return false;
    const WindowCounts counts = countWindows(songs, window);
    requireActiveTargets(counts, config.data);
    std::vector<std::string> found;
    for (const auto& [stem, windows] : counts)
        found.push_back(fmt::format("{} {} of {}", stem, windows.first, windows.second));
    notices.push_back(fmt::format("windows of {} s in which a stem sounds: {}", config.data.activityWindow,
                                  fmt::join(found, ", ")));
    return true;
}

} // namespace headroom
