// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/audio_metering.h"
#include "core/engine/compute_threads.h"
#include "core/engine/engine_error.h"
#include "core/engine/job_worker.h"
#include "core/engine/load_song.h"
#include "core/engine/read_shelf.h"
#include "core/engine/run_checkpoints.h"
#include "core/engine/services.h"
#include "core/engine/song_list.h"

#include <exception>
#include <utility>

namespace headroom {
namespace {

/// Job numbers, one per kind of job, for cancellation.
enum Kind : std::uint64_t { Listing, Loading, Measuring, Drawing };

class ListeningWorker final : public ListeningService {
public:
    void listSongs(std::uint64_t number, const std::string& dataset, const RunConfig& config,
                   std::function<void(const SongList&)> answer) override {
        worker_.post(Listing, [=](const std::stop_token&) {
            SongList list;
            try {
                list = songsOfDataset(dataset, config);
            } catch (...) {
                list.error = separationError(std::current_exception());
            }
            list.number = number;
            answer(list);
        });
    }

    void listCheckpoints(std::uint64_t number, const std::string& runFolder,
                         std::function<void(const CheckpointList&)> answer) override {
        worker_.post(Listing, [=](const std::stop_token&) {
            answer({number, runFolder, checkpointsOfRun(runFolder)});
        });
    }

    void listModels(std::uint64_t number, std::function<void(const ModelShelf&)> answer) override {
        worker_.post(Listing, [=](const std::stop_token& stop) {
            ModelShelf shelf;
            try {
                if (const std::string folder = shelfFolder(); !folder.empty())
                    shelf = readShelf(folder, stop);
            } catch (...) {
                shelf.notices.push_back(engineError(std::current_exception()).message());
            }
            shelf.number = number;
            answer(shelf);
        });
    }

    void load(std::uint64_t number, const SongAudio& song, int sampleRate,
              std::function<void(const SongEvent&)> sink) override {
        for (const Kind kind : {Loading, Measuring, Drawing})
            worker_.cancel(kind);
        worker_.post(Loading, [=](const std::stop_token& stop) {
            try {
                loadSong(number, song, sampleRate, stop, sink);
            } catch (...) {
                sink(SongFailed{number, separationError(std::current_exception())});
            }
        });
    }

    void measureLoudness(std::uint64_t number, const AudioSum& audio, int sampleRate,
                         std::function<void(const LoudnessAnswer&)> answer) override {
        measure(
            number, [=] { return loudnessOf(audio, sampleRate); }, std::move(answer));
    }

    void measureSdr(std::uint64_t number, const AudioSum& estimate, const AudioSum& truth, int sampleRate,
                    std::function<void(const SdrAnswer&)> answer) override {
        measure(
            number, [=] { return sdrBySecond(estimate, truth, sampleRate); }, std::move(answer));
    }

    void findPeaks(std::uint64_t number, const AudioSum& audio, std::int64_t begin, std::int64_t frames,
                   std::function<void(const PeaksAnswer&)> answer) override {
        measure(
            number, [=] { return peaksOf(audio, begin, frames); }, std::move(answer));
    }

    void drawTiles(std::vector<TileRequest> tiles,
                   std::function<void(const SpectrogramTile&)> answer) override {
        worker_.cancel(Drawing);
        for (TileRequest& tile : tiles) {
            worker_.post(Drawing, [tile = std::move(tile), answer](const std::stop_token& stop) {
                if (stop.stop_requested())
                    return;
                const SingleThreadGuard one;
                answer(tileOf(tile));
            });
        }
    }

private:
    template <typename Measure, typename Answer>
    void measure(std::uint64_t number, Measure measure, Answer answer) {
        worker_.post(Measuring, [=](const std::stop_token& stop) {
            if (stop.stop_requested())
                return;
            auto result = measure();
            result.number = number;
            answer(result);
        });
    }

    JobWorker worker_;
};

} // namespace

std::unique_ptr<ListeningService> makeListeningService() {
    return std::make_unique<ListeningWorker>();
}

} // namespace headroom
