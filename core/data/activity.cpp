// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

constexpr int partsPerWindow = 10;
constexpr int partsPerHop = 5;
constexpr double activeRms = 1e-3; // -60 dBFS

/// Number of active windows and of all windows, by stem.
using WindowCounts = std::map<std::string, std::pair<std::int64_t, std::int64_t>>;

std::int64_t windowsIn(std::int64_t frames, std::int64_t windowFrames) {
    return frames < windowFrames ? 0 : 1 + (frames - windowFrames) / (windowFrames / 2);
}

WindowCounts countWindows(const std::vector<Song>& songs, std::int64_t windowFrames) {
    WindowCounts counts;
    for (const Song& song : songs) {
        for (const SongStem& stem : song.stems) {
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
                fmt::format("no song has an active window of {} s for '{}'", data.activityWindow, target),
                data.root, "Set a shorter data.activity_window, or 0 to draw segments from entire songs.");
    }
}

} // namespace

std::int64_t activityWindowFrames(double seconds, int sampleRate) {
    return partsPerWindow * static_cast<std::int64_t>(seconds * sampleRate / partsPerWindow);
}

ActivityMeter::ActivityMeter(std::int64_t windowFrames, int channels)
    : partFrames_(windowFrames / partsPerWindow), energy_(static_cast<std::size_t>(channels)) {}

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
    for (std::size_t first = 0; first + partsPerWindow <= parts; first += partsPerHop) {
        bool isActive = true;
        for (std::size_t c = 0; c < channels; ++c) {
            int active = 0;
            for (std::size_t part = first; part < first + partsPerWindow; ++part)
                active += partActive_[part * channels + c] ? 1 : 0;
            isActive = isActive && 2 * active > partsPerWindow;
        }
        if (isActive)
            windows.push_back(static_cast<std::int64_t>(first) * partFrames_);
    }
    return windows;
}

bool findActivity(std::vector<Song>& songs, const RunConfig& config, Outage& outage,
                  const std::stop_token& stop, std::vector<std::string>& notices) {
    constexpr std::size_t maxThreads = 4;
    constexpr std::int64_t blockSeconds = 30;
    const AudioFormat format{config.audio.sampleRate, config.audio.channels};
    const std::int64_t window = activityWindowFrames(config.data.activityWindow, format.sampleRate);
    const std::int64_t block = blockSeconds * format.sampleRate;
    const auto measure = [&](Song& song, SongStem& stem) {
        ActivityMeter meter(window, format.channels);
        for (std::int64_t first = 0; first < song.frames && !stop.stop_requested(); first += block) {
            const std::int64_t frames = std::min(block, song.frames - first);
            meter.add(outage.read(song, [&] { return readStem(song, stem.stem, format, first, frames); }));
        }
        stem.activeWindows = meter.activeWindows();
    };
    try {
        parallelFor(songs.size(), threadsUpTo(maxThreads), stop, [&](std::size_t i) {
            for (SongStem& stem : songs[i].stems)
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
    notices.push_back(
        fmt::format("active windows of {} s: {}", config.data.activityWindow, fmt::join(found, ", ")));
    return true;
}

} // namespace headroom
