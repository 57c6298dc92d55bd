// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <optional>
#include <vector>

namespace headroom::app {

/// The signals that ask a program to save its work and end: Ctrl+C and Ctrl+\, SIGTERM, SIGHUP when the
/// terminal or the connection closes, and the warnings of batch systems before a time limit (SIGUSR1,
/// SIGUSR2, SIGXCPU). Without SIGHUP if the parent process ignores it, as nohup does.
std::vector<int> stopSignals();

/// Interprets a series of stop signals. One thread.
class StopRequest {
public:
    enum class Meaning {
        Stop,    ///< first request: save and end
        Nothing, ///< the same request again
        Quit,    ///< a second request of the user: end now without saving
    };
    using Clock = std::chrono::steady_clock;

    /// Signals within this time are one request: a terminal and `timeout` may each send one, and a key may
    /// bounce.
    static constexpr std::chrono::seconds sameRequest{1};

    /// Ctrl+C after any request means Quit, and so does SIGTERM after SIGTERM. Other combinations mean
    /// Nothing, because the end of a session or a batch job sends several signals while the work is being
    /// saved.
    Meaning take(int signal, Clock::time_point now);

private:
    std::optional<Clock::time_point> first_;
    std::optional<Clock::time_point> firstTerm_;
};

/// Exit code of a program that was stopped: 128 + SIGINT.
inline constexpr int stoppedExitCode = 130;

} // namespace headroom::app
