#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

namespace headroom {

/// A knob that takes effect at the next step, already checked against the knob table.
struct OptionChange {
    std::string key;
    std::string value;
};

/// What the outside asks of a training loop. The outside asks from any thread, and returns at once; the loop
/// polls from its own between two steps.
class RunControl {
public:
    // What the outside asks.
    void requestStop();
    void requestSave();
    void changeOption(OptionChange change);
    void pause();
    void resume();

    // What the loop polls.

    /// Stop is requested: save and end after the step in progress. Hand it on to whatever blocks.
    std::stop_token stopToken() const { return stop_.get_token(); }
    bool stopRequested() const { return stop_.stop_requested(); }
    /// Whether a checkpoint was asked for since the last call.
    bool takeSaveRequest();
    /// The changes since the last call, oldest first.
    std::vector<OptionChange> takeOptionChanges();
    /// Blocks until this time, or until a checkpoint or a stop is asked for, and takes that request.
    void waitForRequest(std::chrono::steady_clock::time_point until);
    /// Returns at once, false, unless a pause is asked for. Otherwise calls onPaused, blocks until resumed or
    /// stopped, and calls onResumed when it was resumed. Checkpoints asked for meanwhile are made by onSave.
    /// All are called on the caller's thread, and may call this object.
    bool waitWhilePaused(const std::function<void()>& onPaused, const std::function<void()>& onSave,
                         const std::function<void()>& onResumed);

private:
    std::stop_source stop_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool paused_ = false;
    bool saveRequested_ = false;
    std::vector<OptionChange> optionChanges_;
};

} // namespace headroom
