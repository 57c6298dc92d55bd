#pragma once

#include <chrono>
#include <optional>
#include <vector>

namespace headroom::app {

/// The signals that ask a program to save its work and end: Ctrl+C and Ctrl+\, SIGTERM, SIGHUP when the
/// terminal or the connection is gone, and the warnings of batch systems before a time limit (SIGUSR1,
/// SIGUSR2, SIGXCPU). SIGHUP is left out where the caller has it ignored, as nohup does.
std::vector<int> stopSignals();

/// What a signal means that may be one of several. One thread.
class StopRequest {
public:
    enum class Meaning {
        Stop,    ///< the first: save and end
        Nothing, ///< the same request again
        Quit,    ///< the user does not want to wait: end now, unsaved
    };
    using Clock = std::chrono::steady_clock;

    /// Two signals within this time are one request: a terminal and `timeout` each send their own, for
    /// example, and keys bounce.
    static constexpr std::chrono::seconds sameRequest{1};

    /// Ctrl+C after any request means Quit, and so does SIGTERM after SIGTERM. When a session or a batch job
    /// ends, other signals follow one another while the work is still being saved.
    Meaning take(int signal, Clock::time_point now);

private:
    std::optional<Clock::time_point> first_;
    std::optional<Clock::time_point> firstTerm_;
};

/// The exit code of a program that was told to stop: 128 + SIGINT.
inline constexpr int stoppedExitCode = 130;

} // namespace headroom::app
