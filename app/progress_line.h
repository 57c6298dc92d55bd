// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <string>

namespace headroom::app {

/// Progress on standard error. On a terminal, one line that is rewritten in place; elsewhere, a line every
/// few seconds at most, so that log files stay readable. One thread.
class ProgressLine {
public:
    explicit ProgressLine(bool silent = false);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// Shows the text, unless the last one was shown too recently.
    void show(const std::string& text);
    /// Prints a permanent line above the progress.
    void print(const std::string& text);
    /// Ends the progress line, so that other output starts on a new line.
    void finish();

private:
    bool silent_;
    bool terminal_;
    bool open_ = false;
    std::chrono::steady_clock::time_point last_{};
};

/// "43 s", "12 min 05 s", "3 h 20 min", "2 d 4 h"; "unknown" if it is not finite.
std::string formatDuration(double seconds);

} // namespace headroom::app
