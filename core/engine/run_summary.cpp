// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/run_summary.h"

#include "core/config/config_file.h"
#include "core/support/error.h"
#include "core/train/journal.h"
#include "core/train/run_folder.h"
#include "core/train/run_lock.h"

#include <algorithm>
#include <system_error>
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

RunSummarizer::RunSummarizer(const std::filesystem::path& folder) : summary_{.folder = folder.string()} {}

const RunSummary& RunSummarizer::update(const std::stop_token& stop) {
    summary_.problem.clear();
    try {
        readConfig();
        readJournal(stop);
    } catch (const Error& error) {
        summary_.problem = error.message();
    }
    const bool written = !lockHolder(RunPaths{summary_.folder}.lock()).empty();
    summary_.state = written ? RunState::Running : journalState_;
    return summary_;
}

std::uint64_t RunSummarizer::unread() const {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(RunPaths{summary_.folder}.journal(), error);
    if (error)
        return 0;
    return size < end_ ? size : size - end_; // a shorter journal is a new one
}

void RunSummarizer::restart() {
    *this = RunSummarizer(summary_.folder);
    readConfig();
}

void RunSummarizer::readConfig() {
    const std::filesystem::path file = RunPaths{summary_.folder}.config();
    std::error_code error;
    const auto time = std::filesystem::last_write_time(file, error);
    if (!error && summary_.config && time == configTime_)
        return;
    summary_.config.reset();
    summary_.config = readRunConfig(RunPaths{summary_.folder});
    configTime_ = time;
}

void RunSummarizer::readJournal(const std::stop_token& stop) {
    const std::filesystem::path file = RunPaths{summary_.folder}.journal();
    std::error_code error;
    const auto kind = std::filesystem::symlink_status(file, error).type();
    if (kind == std::filesystem::file_type::not_found)
        return; // no events yet
    if (kind == std::filesystem::file_type::regular) {
        const std::uintmax_t size = std::filesystem::file_size(file, error);
        if (size < end_)
            restart();
        if (size == end_)
            return;
    }
    readJournalInBlocks(file, end_, stop, [this](const std::vector<TimedEvent>& events, std::uint64_t end) {
        for (const TimedEvent& event : events)
            take(event);
        end_ = end;
    });
}

void RunSummarizer::take(const TimedEvent& timed) {
    if (const auto* started = std::get_if<Started>(&timed.event); started != nullptr && !summary_.startTime)
        summary_.startedBy = started->startedBy.value_or("");
    if (!summary_.startTime)
        summary_.startTime = timed.time;
    std::visit([this](const auto& event) { take(event); }, timed.event);
}

void RunSummarizer::take(const Started& event) {
    journalState_ = RunState::Interrupted; // until its end is read
    summary_.device = event.device;
    summary_.version = event.version;
    summary_.step = event.step;
    summary_.totalSteps = event.totalSteps;
}

void RunSummarizer::take(const StepDone& event) {
    constexpr double decay = 0.95; // averages about 20 steps
    weight_ = decay * weight_ + 1;
    seconds_ = decay * seconds_ + event.dataSeconds + event.forwardSeconds + event.backwardSeconds +
               event.updateSeconds;
    summary_.stepsPerSecond = seconds_ > 0 ? weight_ / seconds_ : 0;
    summary_.step = event.step;
    summary_.epoch = event.epoch;
    if (event.memory)
        summary_.peakReserved = std::max(summary_.peakReserved, event.memory->peakReserved);
}

void RunSummarizer::take(const PhaseDone& event) {
    summary_.peakReserved = std::max(summary_.peakReserved, event.memory.peakReserved);
}

void RunSummarizer::take(const ValidationDone& event) {
    if (!event.best)
        return;
    summary_.cSdr = meanOf(event.stems, &StemScore::cSdr);
    summary_.uSdr = meanOf(event.stems, &StemScore::uSdr);
}

void RunSummarizer::take(const Finished&) {
    journalState_ = RunState::Finished;
}

void RunSummarizer::take(const Stopped&) {
    journalState_ = RunState::Stopped;
}

void RunSummarizer::take(const Failed& event) {
    journalState_ = RunState::Failed;
    summary_.failure = event.message;
}

} // namespace headroom
