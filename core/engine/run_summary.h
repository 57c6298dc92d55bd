// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/engine/journal_summary.h"
#include "core/session/run_paths.h"
#include "core/session/run_store.h"

#include <filesystem>
#include <optional>
#include <stop_token>
#include <utility>

namespace headroom {

/// Keeps the summary of a run up to date. Reads only the new part of a grown journal. Not thread-safe.
class RunSummarizer {
public:
    explicit RunSummarizer(const std::filesystem::path& folder);

    /// Reads new events and returns the summary. Does not throw Error: RunSummary::problem has the message.
    /// After a stop request, returns early, with what was read so far.
    const RunSummary& update(const std::stop_token& stop);

    /// Bytes of the journal that update() will read.
    std::uint64_t unread() const;

    const JournalSummary& journal() const { return journal_; }
    /// Continues from an earlier start of the program.
    void restore(JournalSummary journal) { journal_ = std::move(journal); }

private:
    void readConfig();
    void readJournal(const std::stop_token& stop);

    RunPaths paths_;
    std::optional<RunConfig> config_;
    std::filesystem::file_time_type configTime_ = {};
    JournalSummary journal_;
    RunSummary summary_;
};

} // namespace headroom
