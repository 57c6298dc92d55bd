// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/interrupt.h"

#include "app/print.h"

#include <csignal>
#include <ctime>
#include <unistd.h>

namespace headroom::app {
namespace {

sigset_t handledSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : stopSignals())
        sigaddset(&signals, signal);
    return signals;
}

} // namespace

Interrupt::Interrupt() {
    waitForReaderUntil(source_.get_token());
    const sigset_t signals = handledSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    waiter_ = std::jthread([this, signals, request = StopRequest()](const std::stop_token& ending) mutable {
        const timespec pollInterval{0, 50'000'000};
        while (!ending.stop_requested()) {
            const int signal = sigtimedwait(&signals, nullptr, &pollInterval);
            if (signal > 0)
                handle(request.take(signal, StopRequest::Clock::now()));
        }
    });
}

Interrupt::~Interrupt() = default;

std::stop_token Interrupt::token(const std::string& action) {
    if (!hasToken_) {
        action_ = action;
        hasToken_ = true;
    }
    return source_.get_token();
}

void Interrupt::handle(StopRequest::Meaning meaning) {
    if (meaning == StopRequest::Meaning::Nothing)
        return;
    const char* line = isatty(STDERR_FILENO) == 1 ? "\n" : ""; // ends the progress line
    if (!hasToken_)
        _exit(stoppedExitCode);
    if (meaning == StopRequest::Meaning::Quit) {
        printError("{}headroom: quit without {}\n", line, action_);
        _exit(stoppedExitCode);
    }
    source_.request_stop(); // before printing, which may block on a stuck terminal
    printError("{0}headroom: stopping: {1}. Press Ctrl+C again to quit without {1}.\n", line, action_);
}

} // namespace headroom::app
