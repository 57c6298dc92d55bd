// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/load_song.h"

#include "core/engine/song_reader.h"

#include <algorithm>
#include <map>
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
    for (const StemAudio& stem : song.stems) {
        for (const std::string& path : stem.paths)
            open(stem.stem, path);
    }
    if (files.empty())
        throw Error(ErrorKind::Input, "the song has no audio files", song.name);
    return files;
}

/// The length of the shortest stem, frames.
std::int64_t lengthOf(const std::vector<OpenFile>& files) {
    std::map<std::string, std::int64_t> lengths;
    for (const OpenFile& file : files) {
        std::int64_t& length = lengths[file.stem];
        length = std::max(length, file.reader.frames());
    }
    return std::ranges::min_element(lengths, {}, &decltype(lengths)::value_type::second)->second;
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
    SongOpened opened{number, files.front().reader.sampleRate(), lengthOf(files), {}, {}};
    for (const OpenFile& file : files) {
        if (std::string notice = file.reader.notice(); !notice.empty())
            opened.notices.push_back(std::move(notice));
    }
    for (const StemAudio& stem : song.stems)
        opened.stems.push_back(stem.stem);
    sink(opened);

    constexpr std::int64_t blockFrames = 131072;
    const auto emit = [&](const std::string& stem, std::vector<float> samples) {
        sink(SongPart{number, stem, std::make_shared<const std::vector<float>>(std::move(samples))});
    };
    for (std::int64_t done = 0; done < opened.frames; done += blockFrames) {
        std::vector<float> sum;
        for (auto file = files.begin(); file != files.end();) {
            const std::string& stem = file->stem;
            std::vector<float> samples;
            for (; file != files.end() && file->stem == stem; ++file) {
                if (stop.stop_requested())
                    return;
                add(file->reader.read(std::min(blockFrames, opened.frames - done)), samples);
            }
            if (song.mixture.empty())
                add(samples, sum);
            emit(stem, std::move(samples));
        }
        if (song.mixture.empty())
            emit({}, std::move(sum));
    }
    sink(SongLoaded{number});
}

} // namespace headroom
