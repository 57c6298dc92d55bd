#include "core/engine/run_summary.h"

#include "core/config/config_file.h"
#include "core/support/error.h"
#include "core/train/journal.h"
#include "core/train/run_folder.h"
#include "core/train/run_lock.h"

#include <algorithm>
#include <variant>

namespace headroom {
namespace {

/// The mean over the stems that have this score.
std::optional<double> meanOf(const std::map<std::string, StemScore>& stems,
                             std::optional<double> StemScore::*score) {
    double sum = 0;
    int count = 0;
    for (const auto& [stem, scores] : stems) {
        if (scores.*score) {
            sum += *(scores.*score);
            ++count;
        }
    }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

/// Takes each event of a run into its summary.
class Summing {
public:
    explicit Summing(RunSummary& summary) : summary_(summary) {}

    void take(const TimedEvent& timed) {
        if (const auto* started = std::get_if<Started>(&timed.event); started != nullptr && !summary_.begun)
            summary_.begunBy = started->startedBy.value_or("");
        if (!summary_.begun)
            summary_.begun = timed.time;
        std::visit([this](const auto& event) { take(event); }, timed.event);
    }

private:
    void take(const Started& event) {
        summary_.standing = RunStanding::Interrupted; // until its end is read
        summary_.device = event.device;
        summary_.version = event.version;
        summary_.step = event.step;
        summary_.totalSteps = event.totalSteps;
    }
    void take(const StepDone& event) {
        constexpr double keep = 0.95; // over about the last 20 steps
        weight_ = keep * weight_ + 1;
        seconds_ = keep * seconds_ + event.dataSeconds + event.forwardSeconds + event.backwardSeconds +
                   event.updateSeconds;
        summary_.stepsPerSecond = seconds_ > 0 ? weight_ / seconds_ : 0;
        summary_.step = event.step;
        summary_.epoch = event.epoch;
        if (event.memory)
            summary_.peakReserved = std::max(summary_.peakReserved, event.memory->peakReserved);
    }
    void take(const ValidationDone& event) {
        if (!event.best)
            return;
        summary_.cSdr = meanOf(event.stems, &StemScore::cSdr);
        summary_.uSdr = meanOf(event.stems, &StemScore::uSdr);
    }
    void take(const Finished&) { summary_.standing = RunStanding::Finished; }
    void take(const Stopped&) { summary_.standing = RunStanding::Stopped; }
    void take(const Failed& event) {
        summary_.standing = RunStanding::Failed;
        summary_.failure = event.message;
    }
    template <typename Event>
    void take(const Event&) {}

    RunSummary& summary_;
    double weight_ = 0;
    double seconds_ = 0;
};

} // namespace

RunSummary summarizeRun(const std::filesystem::path& folder, const std::stop_token& stop) {
    const RunPaths paths{folder};
    RunSummary summary{.folder = folder.string()};
    try {
        summary.config = loadConfig(paths.config());
        std::error_code error;
        Summing summing(summary);
        if (std::filesystem::exists(paths.journal(), error)) {
            readJournalInPieces(paths.journal(), stop, [&](const std::vector<TimedEvent>& events) {
                for (const TimedEvent& event : events)
                    summing.take(event);
            });
        }
    } catch (const Error& error) {
        summary.problem = error.message();
    }
    if (isLocked(paths.lock()))
        summary.standing = RunStanding::Running;
    return summary;
}

} // namespace headroom
