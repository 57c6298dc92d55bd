// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/load_song.h"

#include "core/engine/song_reader.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace headroom {
namespace {

struct OpenFile {
    std::string stem; ///< empty: the mixture
    SongReader reader;
};

std::vector<OpenFile> openFiles(const SongAudio& song, int sampleRate) {
    std::vector<OpenFile> files;
    const auto open = [&](const std::string& stem, const std::string& path) {
        files.push_back({stem, SongReader(path, sampleRate)});
        sampleRate = files.front().reader.sampleRate();
    };
    if (!song.mixture.empty())
        open({}, song.mixture);
    for (const StemAudio& stem : song.stems)
        open(stem.stem, stem.path);
    if (files.empty())
        throw Error(ErrorKind::Input, "the song has no audio files", song.name);
    return files;
}

void add(const std::vector<float>& samples, std::vector<float>& sum) {
    sum.resize(samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i)
        sum[i] += samples[i];
}

} // namespace

void loadSong(std::uint64_t number, const SongAudio& song, int sampleRate, const std::stop_token& stop,
              const std::function<void(const SongEvent&)>& sink) {
    std::vector<OpenFile> files = openFiles(song, sampleRate);
    SongOpened opened{
        number, files.front().reader.sampleRate(), std::numeric_limits<std::int64_t>::max(), {}, {}};
    for (const OpenFile& file : files) {
        opened.frames = std::min(opened.frames, file.reader.frames());
        if (!file.stem.empty())
            opened.stems.push_back(file.stem);
        if (std::string notice = file.reader.notice(); !notice.empty())
            opened.notices.push_back(std::move(notice));
    }
    sink(opened);

    constexpr std::int64_t blockFrames = 131072;
    const auto emit = [&](const std::string& stem, std::vector<float> samples) {
        sink(SongPart{number, stem, std::make_shared<const std::vector<float>>(std::move(samples))});
    };
    for (std::int64_t done = 0; done < opened.frames; done += blockFrames) {
        std::vector<float> sum;
        for (OpenFile& file : files) {
            if (stop.stop_requested())
                return;
            std::vector<float> samples = file.reader.read(std::min(blockFrames, opened.frames - done));
            if (song.mixture.empty())
                add(samples, sum);
            emit(file.stem, std::move(samples));
        }
        if (song.mixture.empty())
            emit({}, std::move(sum));
    }
    sink(SongLoaded{number});
}

} // namespace headroom
