// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/job_worker.h"
#include "core/engine/run_summary.h"
#include "core/engine/services.h"
#include "core/engine/summary_cache.h"
#include "core/support/cache_folder.h"
#include "core/support/error.h"
#include "core/train/checkpoint_store.h"
#include "core/train/journal.h"
#include "core/train/run_folder.h"
#include "core/train/run_lock.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

namespace headroom {
namespace {

namespace fs = std::filesystem;

/// The run folders among these folders and their direct subfolders.
std::set<fs::path> runFolders(const std::vector<std::string>& places) {
    std::set<fs::path> found;
    const auto add = [&found](const fs::path& folder) {
        std::error_code error;
        if (RunPaths{folder}.holdsRun())
            found.insert(fs::weakly_canonical(folder, error));
    };
    for (const std::string& place : places) {
        add(place);
        std::error_code error;
        for (fs::directory_iterator entry(place, error), end; !error && entry != end; entry.increment(error))
            add(entry->path());
    }
    return found;
}

/// The step of the newest checkpoint; absent if there is none or the folder is unreadable.
std::optional<std::int64_t> newestCheckpoint(const RunPaths& paths) {
    try {
        const auto steps = CheckpointStore(paths.checkpoints()).steps();
        return steps.empty() ? std::nullopt : std::optional(steps.front());
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

/// Reads the events of a run from byte `from` of its journal.
void readRun(std::uint64_t number, const RunPaths& paths, std::uint64_t from, const std::stop_token& stop,
             const std::function<void(const RunPiece&)>& answer) {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(paths.journal(), error);
    RunPiece piece{.number = number, .size = error ? 0 : size};
    piece.fromStart = from == 0 || (!error && size < from);
    piece.end = piece.fromStart ? 0 : from;
    // Read the lock before the journal, so that a run without a writer has no unread events.
    const std::string writer = lockHolder(paths.lock());
    try {
        readJournalInBlocks(paths.journal(), piece.end, stop,
                            [&](std::vector<TimedEvent> events, std::uint64_t end) {
                                piece.events = std::move(events);
                                piece.end = end;
                                answer(piece);
                                piece.fromStart = false;
                            });
    } catch (const Error& problem) {
        piece.problem = problem.message();
    }
    if (stop.stop_requested())
        return;
    piece.events.clear();
    piece.last = true;
    piece.writer = writer;
    piece.checkpoint = newestCheckpoint(paths);
    answer(piece);
}

class FolderRunStore final : public RunStore {
public:
    explicit FolderRunStore(fs::path cacheFile) : cache_(std::move(cacheFile)) {}

    void list(std::uint64_t number, std::vector<std::string> folders,
              std::function<void(const RunList&)> answer) override {
        lister_.post(number, [this, number, folders = std::move(folders),
                              answer = std::move(answer)](const std::stop_token& stop) {
            RunList list{number};
            for (const fs::path& folder : runFolders(folders)) {
                if (stop.stop_requested())
                    return;
                RunSummarizer& run = summarizer(folder);
                if (run.unread() >= longJournal)
                    answer(sorted(list, false));
                list.runs.push_back(run.update(stop));
                cache_.keep(folder, run);
            }
            if (!stop.stop_requested())
                answer(sorted(list, true));
        });
    }

    void read(std::uint64_t number, const std::string& folder, std::uint64_t from,
              std::function<void(const RunPiece&)> answer) override {
        reader_.post(number, [number, folder, from, answer = std::move(answer)](const std::stop_token& stop) {
            readRun(number, RunPaths{folder}, from, stop, answer);
        });
    }

    void cancel(std::uint64_t number) override {
        lister_.cancel(number);
        reader_.cancel(number);
    }

private:
    /// Journal size from which the runs read so far are shown first, bytes.
    static constexpr std::uint64_t longJournal = std::uint64_t{1} << 24;

    static RunList sorted(RunList list, bool complete) {
        std::ranges::stable_sort(list.runs, std::greater{}, &RunSummary::startTime);
        list.complete = complete;
        return list;
    }

    RunSummarizer& summarizer(const fs::path& folder) {
        const auto known = known_.find(folder);
        return known != known_.end() ? known->second
                                     : known_.emplace(folder, cache_.open(folder)).first->second;
    }

    SummaryCache cache_; ///< thread of lister_ only, as known_
    std::map<fs::path, RunSummarizer> known_;
    JobWorker lister_; ///< after the members that it uses
    JobWorker reader_; ///< separate, so that a run opens while many are listed
};

} // namespace

std::unique_ptr<RunStore> makeRunStore() {
    const fs::path folder = cacheFolder();
    return std::make_unique<FolderRunStore>(folder.empty() ? folder : folder / "runs.json");
}

} // namespace headroom
