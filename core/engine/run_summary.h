// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/run_store.h"

#include <filesystem>
#include <stop_token>

namespace headroom {

/// Keeps the summary of a run up to date. Reads only the new part of a grown journal. Not thread-safe.
class RunSummarizer {
public:
    explicit RunSummarizer(const std::filesystem::path& folder);

    /// Reads new events and returns the summary. Does not throw Error: RunSummary::problem has the message.
    /// After a stop request, returns early with what was read.
    const RunSummary& update(const std::stop_token& stop);

    /// Bytes of the journal that update() will read.
    std::uint64_t unread() const;

private:
    void restart();
    void readConfig();
    void readJournal(const std::stop_token& stop);
    void take(const TimedEvent& timed);
    template <typename Event>
    void take(const Event&) {}
    void take(const Started& event);
    void take(const StepDone& event);
    void take(const PhaseDone& event);
    void take(const ValidationDone& event);
    void take(const Finished& event);
    void take(const Stopped& event);
    void take(const Failed& event);

    RunSummary summary_;
    RunState journalState_ = RunState::NotStarted; ///< by its journal alone
    std::filesystem::file_time_type configTime_ = {};
    std::uint64_t end_ = 0; ///< bytes of the journal read so far
    double weight_ = 0;     ///< sum of the weights in seconds_
    double seconds_ = 0;    ///< exponentially weighted sum of the step times
};

} // namespace headroom
