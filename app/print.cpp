// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/print.h"

#include "app/display_text.h"

#include <climits>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <string>
#include <unistd.h>
#include <utility>

namespace headroom::app {
namespace {

std::atomic<int> firstError = 0;

std::stop_token& stopWaiting() {
    static std::stop_token stop;
    return stop;
}

/// Whether the descriptor accepts bytes or reports an error within this time.
bool isReady(int descriptor, int milliseconds) {
    pollfd state{descriptor, POLLOUT, 0};
    return poll(&state, 1, milliseconds) != 0;
}

/// Waits up to a second for standard error. After a timeout it does not wait again until the reader reads.
bool errorIsReady() {
    static std::atomic<bool> stalled = false;
    constexpr int timeout = 1000; // ms
    const bool ready = isReady(STDERR_FILENO, stalled ? 0 : timeout);
    stalled = !ready;
    return ready;
}

bool outputIsReady() {
    constexpr int interval = 200; // ms
    while (!isReady(STDOUT_FILENO, interval)) {
        if (stopWaiting().stop_requested())
            return false;
    }
    return true;
}

/// Returns 0, or the error that kept some of the bytes from being written.
int writeAll(int descriptor, std::string_view bytes, bool (*ready)()) {
    while (!bytes.empty()) {
        if (!ready())
            return ECANCELED;
        // A pipe that polls as ready takes this many bytes without blocking.
        const ssize_t written =
            ::write(descriptor, bytes.data(), std::min<std::size_t>(bytes.size(), PIPE_BUF));
        if (written < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (written < 0)
            return errno;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

/// Writes nothing after a failure: output with a gap in it would be worse than none.
void writeOutput(std::string_view bytes) {
    if (firstError == 0)
        firstError = writeAll(STDOUT_FILENO, bytes, outputIsReady);
}

} // namespace

void prepareStandardStreams() noexcept {
    std::signal(SIGPIPE, SIG_IGN);
    // Opened in the wrong direction, so that reads and writes fail as they would on a closed descriptor.
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        const bool closed = fcntl(descriptor, F_GETFD) < 0;
        if (closed && ::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            return;
    }
}

void printValues(fmt::string_view format, fmt::format_args arguments) noexcept {
    try {
        writeOutput(printableLines(fmt::vformat(format, arguments)));
    } catch (...) {
        firstError = ENOMEM;
    }
}

void printErrorValues(fmt::string_view format, fmt::format_args arguments) noexcept {
    try {
        writeError(printableLines(fmt::vformat(format, arguments)));
    } catch (...) {
        writeError("headroom: out of memory\n");
    }
}

void printJson(std::string_view json) noexcept {
    try {
        writeOutput(printableJson(json) + '\n');
    } catch (...) {
        firstError = ENOMEM;
    }
}

void writeError(std::string_view bytes) noexcept {
    writeAll(STDERR_FILENO, bytes, errorIsReady);
}

void waitForReaderUntil(std::stop_token stop) {
    stopWaiting() = std::move(stop);
}

int outputError() noexcept {
    return firstError;
}

} // namespace headroom::app
