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

/// A stereo sound of a constant value.
inline AudioBlock constantBlock(float value, std::int64_t frames) {
    return std::make_shared<const std::vector<float>>(static_cast<std::size_t>(2 * frames), value);
}

/// Answers at once, on the caller's thread, with made-up songs of constant sounds: mixture 0.6, each stem its
/// own value. What is measured is worked out truly, but simply.
class ScriptedListening final : public ListeningService {
public:
    int sampleRate = 1000;
    std::int64_t frames = 10000;
    std::map<std::string, float> stems = {{"vocals", 0.2F}, {"drums", 0.4F}};
    std::vector<std::string> names = {"one", "two"}; ///< of the songs
    std::vector<CheckpointInfo> checkpoints;
    bool answersLoads = true; ///< else loads stay open, for the test to finish
    std::string broken;       ///< the sound file that cannot be opened

    void listSongs(std::uint64_t number, const std::string&, const RunConfig&,
                   std::function<void(const SongList&)> answer) override {
        SongList list{number, {}, {}, {}};
        for (const std::string& name : names)
            list.songs.push_back({name, "test", "/songs/" + name + ".wav", {}});
        answer(list);
    }
    void listCheckpoints(std::uint64_t number, const std::string& run,
                         std::function<void(const CheckpointList&)> answer) override {
        answer({number, run, checkpoints});
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
        sink(opened);
        if (!answersLoads)
            return;
        sink(SongPart{number, {}, constantBlock(0.6F, frames)});
        for (const auto& [stem, value] : stems)
            sink(SongPart{number, stem, constantBlock(value, frames)});
        sink(SongLoaded{number});
    }
    void measureLoudness(std::uint64_t number, const AudioSum& sound, int,
                         std::function<void(const LoudnessAnswer&)> answer) override {
        const double level = sound.read(0, 1).front();
        answer({number, 20 * std::log10(level), level});
    }
    void measureSdr(std::uint64_t number, const AudioSum& estimate, const AudioSum& reference, int rate,
                    std::function<void(const SdrAnswer&)> answer) override {
        SdrAnswer result{number, {}, {}};
        for (std::int64_t second = 0; second < estimate.frames() / rate; ++second) {
            const double s = reference.read(second * rate, 1).front();
            const double e = estimate.read(second * rate, 1).front();
            // The fourth second is the worst.
            result.seconds.push_back(
                {20 * std::log10(s / std::abs(s - e)) - (second == 3 ? 5 : 0), s * s, (s - e) * (s - e)});
        }
        if (!result.seconds.empty())
            result.cSdr = result.seconds.front().sdr;
        answer(result);
    }
    void findPeaks(std::uint64_t number, const AudioSum& sound, std::int64_t begin, std::int64_t count,
                   std::function<void(const PeaksAnswer&)> answer) override {
        const float value = sound.read(begin, 1).front();
        const auto peaks = static_cast<std::size_t>((count + framesPerPeak - 1) / framesPerPeak);
        answer({number, begin, std::vector<Peak>(peaks, {value, value, value * value})});
    }
    void drawTiles(std::vector<TileRequest> tiles,
                   std::function<void(const SpectrogramTile&)> answer) override {
        for (const TileRequest& tile : tiles) {
            const auto size = static_cast<std::size_t>(tile.columns) * static_cast<std::size_t>(tile.rows);
            answer({tile.number, tile.columns, tile.rows, std::vector<std::uint8_t>(size, 200)});
        }
    }
};

/// Says only what the test has it say.
class ScriptedSeparation final : public SeparationService {
public:
    struct Cost {
        SongSeparation song;
        Sink sink;
    };
    std::vector<Cost> works;              ///< in order of their requests
    std::vector<std::uint64_t> cancelled; ///< numbers
    std::vector<SeparationRequest> exported;
    Sink exportSink;
    std::uint64_t exportNumber = 0;
    bool sparing = false;

    void separate(const SongSeparation& song, Sink sink) override { works.push_back({song, sink}); }
    void exportStems(std::uint64_t number, const SeparationRequest& request, Sink sink) override {
        exported.push_back(request);
        exportNumber = number;
        exportSink = std::move(sink);
    }
    void cancel(std::uint64_t number) override { cancelled.push_back(number); }
    void setSparing(bool on) override { sparing = on; }

    /// The work gives vocals of this value, up to a share of the song.
    void begin(const Cost& work) const {
        work.sink(SeparationBegun{work.song.number, {"vocals"}, "weights", "cpu", {}});
    }
    void give(const Cost& work, float value, std::int64_t count, double share) const {
        work.sink(StemBlocks{work.song.number, {constantBlock(value, count)}, share});
    }
    void finish(const Cost& work, float value) const {
        begin(work);
        give(work, value, work.song.mixture.frames(), 1);
        work.sink(SeparationDone{work.song.number, {}});
    }
};

} // namespace headroom::test
