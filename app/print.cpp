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

std::stop_token& endOfPatience() {
    static std::stop_token stop;
    return stop;
}

/// Whether the descriptor takes bytes, or tells why not, within this time.
bool isReady(int descriptor, int milliseconds) {
    pollfd state{descriptor, POLLOUT, 0};
    return poll(&state, 1, milliseconds) != 0;
}

/// Standard error is given a second; once that was in vain, no time until it is read again.
bool errorIsReady() {
    static std::atomic<bool> stalled = false;
    constexpr int patience = 1000;
    const bool ready = isReady(STDERR_FILENO, stalled ? 0 : patience);
    stalled = !ready;
    return ready;
}

bool outputIsReady() {
    constexpr int interval = 200;
    while (!isReady(STDOUT_FILENO, interval)) {
        if (endOfPatience().stop_requested())
            return false;
    }
    return true;
}

/// 0, or why not all of it was written.
int writeAll(int descriptor, std::string_view bytes, bool (*ready)()) {
    while (!bytes.empty()) {
        if (!ready())
            return ECANCELED;
        // A pipe that is ready takes this many bytes without waiting.
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

/// After a failure nothing more is written: the rest without its beginning is no result.
void writeOutput(std::string_view bytes) {
    if (firstError == 0)
        firstError = writeAll(STDOUT_FILENO, bytes, outputIsReady);
}

} // namespace

void prepareStandardStreams() noexcept {
    std::signal(SIGPIPE, SIG_IGN);
    // The wrong way round, so that reading and writing fail as they would have.
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
    endOfPatience() = std::move(stop);
}

int outputError() noexcept {
    return firstError;
}

} // namespace headroom::app
