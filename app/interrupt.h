#pragma once

#include <stop_token>
#include <thread>

namespace headroom::app {

/// Turns Ctrl+C and SIGTERM into a stop request, so that work ends where it can be carried on. A second
/// signal ends the program at once. Make one at the start of main, before any other thread: threads inherit
/// the signal mask.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    /// Stop is requested once a signal has arrived. Any thread.
    std::stop_token token() const { return source_.get_token(); }
    bool requested() const { return source_.stop_requested(); }

private:
    std::stop_source source_;
    std::jthread waiter_;
};

/// The exit code of a program that a signal ended: 128 + SIGINT.
inline constexpr int interruptedExitCode = 130;

} // namespace headroom::app
