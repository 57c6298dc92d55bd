#pragma once

#include "core/session/run_store.h"

#include <filesystem>
#include <stop_token>

namespace headroom {

/// What there is to know of the run in a folder, kept up to date: of a journal that has grown, only what is
/// new is read. One thread.
class RunSummarizer {
public:
    explicit RunSummarizer(const std::filesystem::path& folder);

    /// Reads what is new. Throws nothing of ours: what cannot be read is said in the summary. Ends early,
    /// with what it has, when stopped.
    const RunSummary& update(const std::stop_token& stop);

    /// Bytes of the journal that update() has yet to read.
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
    void take(const ValidationDone& event);
    void take(const Finished& event);
    void take(const Stopped& event);
    void take(const Failed& event);

    RunSummary summary_;
    RunStanding journalStanding_ = RunStanding::NotBegun; ///< by its journal alone
    std::filesystem::file_time_type configTime_ = {};
    std::uint64_t end_ = 0; ///< bytes of the journal that were read
    double weight_ = 0;     ///< of `seconds_`
    double seconds_ = 0;    ///< of the last steps
};

} // namespace headroom
