#pragma once

#include "app/stop_signals.h"

#include <atomic>
#include <stop_token>
#include <string>
#include <thread>

namespace headroom::app {

/// Turns the signals of stopSignals() into a stop request, so that work ends where it can be resumed. A
/// command that does not ask for the token has nothing to save: a signal ends the program at once. Ctrl+C
/// pressed again ends it at once, too. Make one at the start of main, before any other thread: threads
/// inherit the signal mask.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    /// Stop is requested once a signal has arrived; from the first call on the caller has to obey it.
    /// @param saying what then happens, for the user: "saving the checkpoint"
    std::stop_token token(const std::string& saying = "finishing what is under way");

private:
    void obey(StopRequest::Meaning meaning);

    std::stop_source source_;
    std::string saying_; ///< written before obeyed_
    std::atomic<bool> obeyed_ = false;
    std::jthread waiter_;
};

} // namespace headroom::app
