#include "core/engine/run_summary.h"

#include "core/support/error.h"
#include "core/train/journal.h"
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

} // namespace

RunSummary RunSummarizer::update(const std::stop_token& stop) {
    const bool settled = summary_.config && unread() == 0 && !running_;
    if (!settled)
        readOn(stop);
    running_ = isLocked(paths_.lock());
    RunSummary now = summary_;
    if (running_)
        now.standing = RunStanding::Running;
    return now;
}

std::uint64_t RunSummarizer::unread() const {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(paths_.journal(), error);
    if (error)
        return 0;
    return size < read_ ? size : size - read_; // a shorter one is another journal
}

void RunSummarizer::readOn(const std::stop_token& stop) {
    std::error_code error;
    if (std::filesystem::file_size(paths_.journal(), error) < read_ && !error) { // another journal
        summary_ = {};
        read_ = 0;
    }
    summary_.folder = paths_.root.string();
    summary_.problem.clear();
    try {
        summary_.config = readRunConfig(paths_);
        const auto takeAll = [this](const std::vector<TimedEvent>& events) {
            for (const TimedEvent& event : events)
                take(event);
        };
        if (std::filesystem::exists(paths_.journal(), error))
            read_ = readJournalInPieces(paths_.journal(), stop, takeAll, read_);
    } catch (const Error& problem) {
        summary_.problem = problem.message();
    }
}

void RunSummarizer::take(const TimedEvent& timed) {
    if (const auto* started = std::get_if<Started>(&timed.event); started != nullptr && !summary_.begun)
        summary_.begunBy = started->startedBy.value_or("");
    if (!summary_.begun)
        summary_.begun = timed.time;
    std::visit([this](const auto& event) { take(event); }, timed.event);
}

void RunSummarizer::take(const Started& event) {
    summary_.standing = RunStanding::Interrupted; // until its end is read
    summary_.device = event.device;
    summary_.version = event.version;
    summary_.step = event.step;
    summary_.totalSteps = event.totalSteps;
}

void RunSummarizer::take(const StepDone& event) {
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

void RunSummarizer::take(const ValidationDone& event) {
    if (!event.best)
        return;
    summary_.cSdr = meanOf(event.stems, &StemScore::cSdr);
    summary_.uSdr = meanOf(event.stems, &StemScore::uSdr);
}

void RunSummarizer::take(const Failed& event) {
    summary_.standing = RunStanding::Failed;
    summary_.failure = event.message;
}

} // namespace headroom
