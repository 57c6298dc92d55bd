// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/stop_signals.h"

#include <atomic>
#include <stop_token>
#include <string>
#include <thread>

namespace headroom::app {

/// Turns the signals of stopSignals() into a stop request, so that a command can save its work before it
/// ends. Until a command asks for the token, a signal ends the program immediately; afterwards, a second
/// Ctrl+C does. Construct one at the start of main, before any other thread: threads inherit the signal mask.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    /// A token whose stop is requested when a signal arrives. From the first call on, the caller is
    /// responsible for stopping.
    /// @param action what happens after a signal, printed after "stopping:", such as "saving the checkpoint"
    std::stop_token token(const std::string& action = "finishing the current file");

private:
    void handle(StopRequest::Meaning meaning);

    std::stop_source source_;
    std::string action_; ///< written before hasToken_
    std::atomic<bool> hasToken_ = false;
    std::jthread waiter_;
};

} // namespace headroom::app
