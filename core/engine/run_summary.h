#pragma once

#include "core/session/run_store.h"
#include "core/train/run_folder.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <utility>

namespace headroom {

/// Reads what there is to know of the run in a folder, and later only what its journal has gained. Throws
/// nothing of ours: what cannot be read is said in the summary. One thread.
class RunSummarizer {
public:
    explicit RunSummarizer(std::filesystem::path folder) : paths_{std::move(folder)} {}

    /// Ends early, with what it has, when stopped.
    RunSummary update(const std::stop_token& stop);

    /// Bytes of the journal that update() has yet to read.
    std::uint64_t unread() const;

private:
    void readOn(const std::stop_token& stop);
    void take(const TimedEvent& timed);
    void take(const Started& event);
    void take(const StepDone& event);
    void take(const ValidationDone& event);
    void take(const Finished&) { summary_.standing = RunStanding::Finished; }
    void take(const Stopped&) { summary_.standing = RunStanding::Stopped; }
    void take(const Failed& event);
    template <typename Event>
    void take(const Event&) {}

    RunPaths paths_;
    RunSummary summary_;     ///< by the events read so far
    std::uint64_t read_ = 0; ///< bytes of the journal
    bool running_ = false;   ///< when it was last looked at
    double weight_ = 0;      ///< of the last steps,
    double seconds_ = 0;     ///< and what they took
};

} // namespace headroom
