// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/listening_service.h"
#include "core/session/separation_service.h"

#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headroom::test {

/// Stereo audio of a constant value.
inline AudioBlock constantBlock(float value, std::int64_t frames) {
    return std::make_shared<const std::vector<float>>(static_cast<std::size_t>(2 * frames), value);
}

/// Answers immediately on the caller's thread, with songs of constant value: 0.6 for the mixture, another
/// value for each stem. Loudness, scores and peaks are computed from these values.
class ScriptedListening final : public ListeningService {
public:
    int sampleRate = 1000;
    std::int64_t frames = 10000;
    std::map<std::string, float> stems = {{"vocals", 0.2F}, {"drums", 0.4F}};
    std::vector<std::string> names = {"one", "two"}; ///< names of the songs
    std::vector<CheckpointInfo> checkpoints;
    std::vector<ShelfModel> models;   ///< on the shelf
    std::vector<std::string> notices; ///< about the files of every song
    bool answersLoads = true;         ///< false: loading stops after SongOpened
    std::vector<TileRequest> drawn;   ///< in request order
    std::string dataset;              ///< whose songs were last listed
    std::string broken;               ///< path of the audio file that cannot be opened

    void listSongs(std::uint64_t number, const std::string& root, const RunConfig&,
                   std::function<void(const SongList&)> answer) override {
        dataset = root;
        SongList list{number, {}, {}, {}};
        for (const std::string& name : names)
            list.songs.push_back({name, "test", "/songs/" + name + ".wav", {}});
        answer(list);
    }
    void listCheckpoints(std::uint64_t number, const std::string& run,
                         std::function<void(const CheckpointList&)> answer) override {
        answer({number, run, checkpoints});
    }
    void listModels(std::uint64_t number, std::function<void(const ModelShelf&)> answer) override {
        answer({number, "/models", models, {}});
    }
    void load(std::uint64_t number, const SongAudio& song, int,
              std::function<void(const SongEvent&)> sink) override {
        if (!broken.empty() && song.mixture == broken) {
            sink(SongFailed{number, Error(ErrorKind::Input, "unsupported or damaged audio file", broken)});
            return;
        }
        SongOpened opened{number, sampleRate, frames, {}};
        for (const auto& [stem, value] : stems)
            opened.stems.push_back(stem);
        opened.notices = notices;
        sink(opened);
        if (!answersLoads)
            return;
        sink(SongPart{number, {}, constantBlock(0.6F, frames)});
        for (const auto& [stem, value] : stems)
            sink(SongPart{number, stem, constantBlock(value, frames)});
        sink(SongLoaded{number});
    }
    void measureLoudness(std::uint64_t number, const AudioSum& audio, int,
                         std::function<void(const LoudnessAnswer&)> answer) override {
        const double level = audio.read(0, 1).front();
        answer({number, 20 * std::log10(level), level});
    }
    void measureSdr(std::uint64_t number, const AudioSum& estimate, const AudioSum& reference, int rate,
                    std::function<void(const SdrAnswer&)> answer) override {
        SdrAnswer result{number, {}, {}};
        for (std::int64_t second = 0; second < estimate.frames() / rate; ++second) {
            const double s = reference.read(second * rate, 1).front();
            const double e = estimate.read(second * rate, 1).front();
            // The fourth second has the lowest score.
            result.seconds.push_back(
                {20 * std::log10(s / std::abs(s - e)) - (second == 3 ? 5 : 0), s * s, (s - e) * (s - e)});
        }
        if (!result.seconds.empty())
            result.cSdr = result.seconds.front().sdr;
        answer(result);
    }
    void findPeaks(std::uint64_t number, const AudioSum& audio, std::int64_t begin, std::int64_t count,
                   std::function<void(const PeaksAnswer&)> answer) override {
        const float value = audio.read(begin, 1).front();
        const auto peaks = static_cast<std::size_t>((count + framesPerPeak - 1) / framesPerPeak);
        answer({number, begin, std::vector<Peak>(peaks, {value, value, value * value})});
    }
    void drawTiles(std::vector<TileRequest> tiles,
                   std::function<void(const SpectrogramTile&)> answer) override {
        for (const TileRequest& tile : tiles) {
            drawn.push_back(tile);
            const auto size = static_cast<std::size_t>(tile.columns) * static_cast<std::size_t>(tile.rows);
            answer({tile.number, tile.columns, tile.rows, std::vector<std::uint8_t>(size, 200)});
        }
    }
};

/// A separation service whose events a test triggers one by one.
class ScriptedSeparation final : public SeparationService {
public:
    struct Job {
        SongSeparation song;
        Sink sink;
    };
    std::vector<Job> jobs;               ///< in request order
    std::vector<std::uint64_t> canceled; ///< numbers of the canceled jobs
    std::vector<SeparationRequest> exported;
    Sink exportSink;
    std::uint64_t exportNumber = 0;
    bool singleCore = false;

    void separate(const SongSeparation& song, Sink sink) override { jobs.push_back({song, sink}); }
    void exportStems(std::uint64_t number, const SeparationRequest& request, Sink sink) override {
        exported.push_back(request);
        exportNumber = number;
        exportSink = std::move(sink);
    }
    void cancel(std::uint64_t number) override { canceled.push_back(number); }
    void setSingleCore(bool on) override { singleCore = on; }

    /// Emits SeparationStarted with one stem, vocals.
    void begin(const Job& job) const {
        job.sink(SeparationStarted{job.song.number, {"vocals"}, "weights", "cpu", {}});
    }
    void give(const Job& job, float value, std::int64_t count, double share) const {
        job.sink(StemBlocks{job.song.number, {constantBlock(value, count)}, share});
    }
    void finish(const Job& job, float value) const {
        begin(job);
        give(job, value, job.song.mixture.frames(), 1);
        job.sink(SeparationDone{job.song.number, {}});
    }
};

} // namespace headroom::test
