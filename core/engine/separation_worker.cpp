// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/compute_threads.h"
#include "core/engine/engine_error.h"
#include "core/engine/job_worker.h"
#include "core/engine/open_model.h"
#include "core/engine/separate_songs.h"
#include "core/engine/services.h"
#include "core/engine/stereo_samples.h"
#include "core/separate/separate_stream.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <optional>

namespace headroom {
namespace {

using Sink = SeparationService::Sink;

/// Emits the stems of a song in blocks.
class StemSender {
public:
    StemSender(const SongSeparation& song, const Sink& sink) : song_(song), sink_(sink) {}

    void send(const std::vector<AudioBuffer>& stems) {
        sent_ += stems.front().frames();
        StemBlocks blocks{song_.number, {}, static_cast<double>(sent_) / song_.mixture.frames()};
        for (const AudioBuffer& stem : stems)
            blocks.stems.push_back(audioBlock(stem));
        sink_(std::move(blocks));
    }

private:
    const SongSeparation& song_;
    const Sink& sink_;
    std::int64_t sent_ = 0;
};

AudioStream streamOf(const SongSeparation& song) {
    return {"the song", song.sampleRate, 2, song.mixture.frames(),
            [sum = AudioSum{{{song.mixture, 1}}}](std::int64_t first, std::int64_t frames) {
                return planarAudio(sum.read(first, frames));
            }};
}

class SeparationWorker final : public SeparationService {
public:
    void separate(const SongSeparation& song, Sink sink) override {
        worker_.post(song.number, [this, song, sink = std::move(sink)](const std::stop_token& stop) {
            conclude(song.number, sink, [&] { return separateSong(song, stop, sink); });
        });
    }

    void exportStems(std::uint64_t number, const SeparationRequest& request, Sink sink) override {
        worker_.post(number, [this, number, request, sink = std::move(sink)](const std::stop_token& stop) {
            conclude(number, sink, [&] { return writeStems(number, request, stop, sink); });
        });
    }

    void cancel(std::uint64_t number) override { worker_.cancel(number); }
    void setSingleCore(bool on) override { singleCore_ = on; }

private:
    /// Runs `work` and emits the final event. @param work returns nothing if it was canceled
    static void conclude(std::uint64_t number, const Sink& sink,
                         const std::function<std::optional<SeparationSummary>()>& work) {
        try {
            const auto summary = work();
            if (summary)
                sink(SeparationDone{number, *summary});
            else
                sink(SeparationCanceled{number});
        } catch (const SeparationStopped&) {
            sink(SeparationCanceled{number});
        } catch (...) {
            sink(SeparationFailed{number, separationError(std::current_exception())});
        }
    }

    std::optional<SeparationSummary> separateSong(const SongSeparation& song, const std::stop_token& stop,
                                                  const Sink& sink) {
        if (stop.stop_requested())
            return std::nullopt;
        const OpenModel model = openModel(song.model, stop);
        sink(SeparationStarted{song.number, model.segmentModel.stems, model.file.string(), model.device,
                               model.notices});
        SegmentModel segmentModel = model.segmentModel;
        segmentModel.separate = [&](std::span<const AudioBuffer> segments) {
            const auto limit = limitWhileSparing();
            return model.segmentModel.separate(segments);
        };
        StemSender sender(song, sink);
        const auto send = [&](const std::vector<AudioBuffer>& stems) { sender.send(stems); };
        if (!separateStream(segmentModel, streamOf(song), {}, send, stop, [](std::int64_t, std::int64_t) {}))
            return std::nullopt;
        return SeparationSummary{model.device, model.file.string(), {}, false};
    }

    std::optional<SeparationSummary> writeStems(std::uint64_t number, const SeparationRequest& request,
                                                const std::stop_token& stop, const Sink& sink) {
        if (stop.stop_requested())
            return std::nullopt;
        const auto limit = limitWhileSparing();
        SeparationObserver observer;
        std::vector<std::string> notices;
        observer.onNotice = [&](const std::string& notice) { notices.push_back(notice); };
        observer.onProgress = [&](const SeparationState& state) { sink(ExportProgress{number, state}); };
        observer.onSong = [](const SeparatedSong&) {};
        SeparationSummary summary = separateFiles(request, stop, observer);
        summary.notices = std::move(notices);
        return summary.stopped ? std::nullopt : std::optional(std::move(summary));
    }

    std::unique_ptr<SingleThreadGuard> limitWhileSparing() const {
        return singleCore_ ? std::make_unique<SingleThreadGuard>() : nullptr;
    }

    std::atomic<bool> singleCore_ = false;
    JobWorker worker_;
};

} // namespace

std::unique_ptr<SeparationService> makeSeparationService() {
    return std::make_unique<SeparationWorker>();
}

} // namespace headroom
