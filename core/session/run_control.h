// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

namespace headroom {

/// A validated change of an option that takes effect at the next step.
struct OptionChange {
    std::string key;
    std::string value;
};

/// Passes requests to a training loop. Requests come from any thread and return immediately; the loop polls
/// on its own thread between steps.
class RunControl {
public:
    // Requests.
    void requestStop();
    void requestSave();
    void changeOption(OptionChange change);
    void pause();
    void resume();

    // Polled by the loop.

    /// Signals a stop request: save and end after the current step. Pass it to blocking calls.
    std::stop_token stopToken() const { return stop_.get_token(); }
    bool stopRequested() const { return stop_.stop_requested(); }
    /// Whether a pause is requested.
    bool isPaused();
    /// Whether a checkpoint was requested since the last call.
    bool takeSaveRequest();
    /// The changes since the last call, oldest first.
    std::vector<OptionChange> takeOptionChanges();
    /// Blocks until this time or until a checkpoint or a stop is requested. Clears a checkpoint request.
    void waitForRequest(std::chrono::steady_clock::time_point until);
    /// Returns false immediately unless a pause is requested. Otherwise calls onPaused, blocks until resumed
    /// or stopped, calls onResumed if resumed, and returns true. Calls onSave for checkpoints requested
    /// meanwhile. The callbacks run on the caller's thread and may call this object.
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
