// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/separate_songs.h"

#include "core/engine/engine_error.h"
#include "core/engine/open_model.h"
#include "core/engine/separation_plan.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <exception>

namespace headroom {
namespace {

/// RAII: removes the folders of jobs that are still empty.
class FolderGuard {
public:
    explicit FolderGuard(const std::vector<SeparationJob>& jobs) : jobs_(jobs) {}
    ~FolderGuard() { removeEmptyFolders(jobs_); }
    FolderGuard(const FolderGuard&) = delete;
    FolderGuard& operator=(const FolderGuard&) = delete;

private:
    const std::vector<SeparationJob>& jobs_;
};

SeparatedSong songOf(const SeparationJob& job, const SeparatedFile& file) {
    SeparatedSong song;
    song.input = job.input.string();
    for (const auto& path : file.paths)
        song.outputs.push_back(path.string());
    song.seconds = static_cast<double>(file.frames) / file.sampleRate;
    song.clippedSamples = file.clippedSamples;
    song.nullTestDecibels = file.nullTestDecibels;
    return song;
}

SeparatedSong failedSong(const SeparationJob& job, const std::string& error) {
    SeparatedSong song;
    song.input = job.input.string();
    song.seconds = job.seconds;
    song.error = error;
    return song;
}

/// Absent if a stop was requested.
/// @param state    its song, songs and seconds are set; secondsDone is updated here
/// @param mayThrow throw errors instead of returning a failed song
std::optional<SeparatedSong> separateJob(const SegmentModel& model, const SeparationJob& job,
                                         SeparationState& state, bool mayThrow, const std::stop_token& stop,
                                         const SeparationObserver& observer) {
    if (!job.error.empty())
        return failedSong(job, job.error);
    const double before = state.secondsDone;
    const auto progress = [&](std::int64_t done, std::int64_t frames) {
        state.secondsDone = before + job.seconds * static_cast<double>(done) / static_cast<double>(frames);
        observer.onProgress(state);
    };
    try {
        const auto file = separateFile(model, job.input, job.output, stop, progress, job.range);
        return file ? std::optional(songOf(job, *file)) : std::nullopt;
    } catch (const std::exception&) {
        state.secondsDone = before + job.seconds;
        if (mayThrow)
            throw separationError(std::current_exception());
        return failedSong(job, separationError(std::current_exception()).message());
    }
}

SeparationSummary separateAll(const SeparationRequest& request, const std::stop_token& stop,
                              const SeparationObserver& observer) {
    const OpenModel model = openModel(request.model, stop);
    for (const std::string& notice : model.notices)
        observer.onNotice(notice);
    if (!request.model.run.empty())
        observer.onNotice("using " + model.name);
    std::vector<SeparationJob> jobs = planSeparation(request, model);
    const FolderGuard guard(jobs);
    prepareOutputs(jobs, model.segmentModel, request);

    for (const SeparationJob& job : jobs) {
        if (!job.notice.empty())
            observer.onNotice(fmt::format("{}: {}", job.input.string(), job.notice));
    }

    SeparationSummary summary{model.device, model.file.string(), {}, false};
    summary.batchSize = model.segmentModel.batchSize;
    SeparationState state;
    state.songs = jobs.size();
    for (const SeparationJob& job : jobs)
        state.seconds += job.seconds;
    for (const SeparationJob& job : jobs) {
        ++state.song;
        state.input = job.input.string();
        const auto song = separateJob(model.segmentModel, job, state, jobs.size() == 1, stop, observer);
        if (!song) {
            summary.stopped = true;
            break;
        }
        observer.onSong(*song);
        summary.songs.push_back(*song);
    }
    return summary;
}

} // namespace

SeparationSummary separateFiles(const SeparationRequest& request, const std::stop_token& stop,
                                const SeparationObserver& observer) {
    try {
        return separateAll(request, stop, observer);
    } catch (const std::exception&) {
        throw separationError(std::current_exception());
    }
}

} // namespace headroom
