#pragma once

#include <chrono>
#include <string>

namespace headroom::app {

/// Progress on standard error: one line rewritten in place on a terminal, and elsewhere a plain line at most
/// every few seconds, so that log files stay readable. One thread.
class ProgressLine {
public:
    explicit ProgressLine(bool silent = false);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// Shows this text; dropped when it comes too soon after the last.
    void show(const std::string& text);
    /// Prints a line that stays, above the progress.
    void print(const std::string& text);
    /// Ends the line in place, so that what follows starts on a line of its own.
    void finish();

private:
    bool silent_;
    bool terminal_;
    bool open_ = false;
    std::chrono::steady_clock::time_point last_{};
};

/// "43 s", "12 min 05 s", "3 h 20 min", "2 d 4 h".
std::string formatDuration(double seconds);

} // namespace headroom::app
