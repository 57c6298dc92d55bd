#include "app/interrupt.h"

#include <csignal>
#include <ctime>
#include <unistd.h>

namespace headroom::app {
namespace {

sigset_t handledSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

} // namespace

Interrupt::Interrupt() {
    const sigset_t signals = handledSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    waiter_ = std::jthread([this, signals](const std::stop_token& ending) {
        const timespec pollInterval{0, 50'000'000};
        while (!ending.stop_requested()) {
            if (sigtimedwait(&signals, nullptr, &pollInterval) < 0)
                continue;
            if (source_.stop_requested())
                _exit(interruptedExitCode);
            source_.request_stop();
        }
    });
}

Interrupt::~Interrupt() = default;

} // namespace headroom::app
