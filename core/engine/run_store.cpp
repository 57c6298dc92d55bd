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
                RunSummarizer& run = summarizer(folder);
                if (run.unread() >= longJournal)
                    answer(sorted(list, false));
                list.runs.push_back(run.update(stop));
            }
            answer(sorted(list, true));
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
    /// Takes long enough to show the others meanwhile.
    static constexpr std::uint64_t longJournal = std::uint64_t{1} << 24;

    static RunList sorted(RunList list, bool complete) {
        std::ranges::stable_sort(list.runs, std::greater{}, &RunSummary::begun);
        list.complete = complete;
        return list;
    }

    RunSummarizer& summarizer(const fs::path& folder) {
        return known_.try_emplace(folder, folder).first->second;
    }

    std::map<fs::path, RunSummarizer> known_; ///< of the worker
    JobWorker worker_;                        ///< last: it uses all of the above
};

} // namespace

std::unique_ptr<RunStore> makeRunStore() {
    return std::make_unique<FolderRunStore>();
}

} // namespace headroom
