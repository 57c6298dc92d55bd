#include "core/engine/run_store.h"

#include "core/engine/job_worker.h"
#include "core/engine/run_summary.h"
#include "core/support/error.h"
#include "core/train/journal.h"
#include "core/train/run_folder.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

namespace headroom {
namespace {

namespace fs = std::filesystem;

/// Those of the folders, and of the folders in them, that hold a run.
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

class FolderRunStore final : public RunStore {
public:
    void list(std::uint64_t number, std::vector<std::string> folders,
              std::function<void(const RunList&)> answer) override {
        worker_.post(number, [this, number, folders = std::move(folders),
                              answer = std::move(answer)](const std::stop_token& stop) {
            RunList list{number};
            for (const fs::path& folder : runFolders(folders)) {
                if (stop.stop_requested())
                    return;
                list.runs.push_back(summaryOf(folder, stop));
            }
            std::ranges::stable_sort(list.runs, std::greater{}, &RunSummary::begun);
            answer(list);
        });
    }

    void read(std::uint64_t number, const std::string& folder,
              std::function<void(const RunPiece&)> answer) override {
        worker_.post(number, [number, folder, answer = std::move(answer)](const std::stop_token& stop) {
            RunPiece last{.number = number, .last = true};
            try {
                readJournalInPieces(RunPaths{folder}.journal(), stop, [&](std::vector<TimedEvent> events) {
                    answer({.number = number, .events = std::move(events)});
                });
            } catch (const Error& error) {
                last.problem = error.message();
            }
            if (!stop.stop_requested())
                answer(last);
        });
    }

    void cancel(std::uint64_t number) override { worker_.cancel(number); }

private:
    /// What a run's journal was like when it was last read.
    struct Known {
        std::uintmax_t size = 0;
        RunSummary summary;
    };

    /// Journals only grow: one of the same size is not read again.
    RunSummary summaryOf(const fs::path& folder, const std::stop_token& stop) {
        std::error_code error;
        const std::uintmax_t size = fs::file_size(RunPaths{folder}.journal(), error);
        const auto known = known_.find(folder);
        const bool settled = known != known_.end() && !error && known->second.size == size &&
                             known->second.summary.standing != RunStanding::Running;
        if (settled)
            return known->second.summary;
        RunSummary summary = summarizeRun(folder, stop);
        if (!error && !stop.stop_requested())
            known_[folder] = {size, summary};
        return summary;
    }

    std::map<fs::path, Known> known_; ///< of the worker
    JobWorker worker_;                ///< last: it uses all of the above
};

} // namespace

std::unique_ptr<RunStore> makeRunStore() {
    return std::make_unique<FolderRunStore>();
}

} // namespace headroom
