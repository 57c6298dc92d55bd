// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/stop_signals.h"

#include <csignal>

namespace headroom::app {
namespace {

bool isIgnored(int signal) {
    struct sigaction action {};
    return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

} // namespace

std::vector<int> stopSignals() {
    std::vector<int> signals = {SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGXCPU};
    if (!isIgnored(SIGHUP))
        signals.push_back(SIGHUP);
    return signals;
}

StopRequest::Meaning StopRequest::take(int signal, Clock::time_point now) {
    if (signal == SIGTERM && !firstTerm_)
        firstTerm_ = now;
    if (!first_) {
        first_ = now;
        return Meaning::Stop;
    }
    const bool fromKeyboard = signal == SIGINT || signal == SIGQUIT;
    const bool quits = (fromKeyboard && now - *first_ >= sameRequest) ||
                       (signal == SIGTERM && now - *firstTerm_ >= sameRequest);
    return quits ? Meaning::Quit : Meaning::Nothing;
}

} // namespace headroom::app
