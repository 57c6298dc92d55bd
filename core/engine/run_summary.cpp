// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/run_summary.h"

#include "core/support/error.h"
#include "core/train/journal.h"
#include "core/train/run_folder.h"
#include "core/train/run_lock.h"

#include <system_error>

namespace headroom {

RunSummarizer::RunSummarizer(const std::filesystem::path& folder) : paths_{folder} {}

const RunSummary& RunSummarizer::update(const std::stop_token& stop) {
    std::string problem;
    try {
        readConfig();
        readJournal(stop);
    } catch (const Error& error) {
        problem = error.message();
    }
    summary_ = journal_.run;
    summary_.folder = paths_.root.string();
    summary_.problem = problem;
    summary_.config = config_;
    if (!lockHolder(paths_.lock()).empty())
        summary_.state = RunState::Running;
    return summary_;
}

std::uint64_t RunSummarizer::unread() const {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(paths_.journal(), error);
    if (error)
        return 0;
    return size < journal_.bytes ? size : size - journal_.bytes; // a shorter journal is a new one
}

void RunSummarizer::readConfig() {
    std::error_code error;
    const auto time = std::filesystem::last_write_time(paths_.config(), error);
    if (!error && config_ && time == configTime_)
        return;
    config_.reset();
    config_ = readRunConfig(paths_);
    configTime_ = time;
}

void RunSummarizer::readJournal(const std::stop_token& stop) {
    const std::filesystem::path file = paths_.journal();
    std::error_code error;
    const auto kind = std::filesystem::symlink_status(file, error).type();
    if (kind == std::filesystem::file_type::not_found)
        return; // no events yet
    if (kind == std::filesystem::file_type::regular) {
        const std::uintmax_t size = std::filesystem::file_size(file, error);
        if (size < journal_.bytes)
            journal_ = {};
        if (size == journal_.bytes)
            return;
    }
    const auto add = [this](const std::vector<TimedEvent>& events, std::uint64_t end) {
        for (const TimedEvent& event : events)
            journal_.add(event);
        journal_.bytes = end;
    };
    readJournalInBlocks(file, journal_.bytes, stop, add);
}

} // namespace headroom
