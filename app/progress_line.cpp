// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/progress_line.h"

#include "app/display_text.h"
#include "app/print.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unistd.h>

namespace headroom::app {

using namespace std::chrono_literals;

ProgressLine::ProgressLine(bool silent) : silent_(silent), terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
    finish();
}

void ProgressLine::show(const std::string& text) {
    const auto now = std::chrono::steady_clock::now();
    const auto interval = terminal_ ? std::chrono::milliseconds(100) : std::chrono::milliseconds(5000);
    if (silent_ || (last_ != std::chrono::steady_clock::time_point{} && now - last_ < interval))
        return;
    last_ = now;
    if (terminal_) {
        writeError("\r\033[2K" + printable(text));
        open_ = true;
    } else {
        printError("{}\n", printable(text));
    }
}

void ProgressLine::print(const std::string& text) {
    if (silent_)
        return;
    finish();
    printError("{}\n", text);
}

void ProgressLine::finish() {
    if (open_)
        writeError("\n");
    open_ = false;
}

std::string formatDuration(double seconds) {
    if (!std::isfinite(seconds))
        return "unknown";
    const auto total = static_cast<std::int64_t>(std::llround(std::max(0.0, seconds)));
    if (total < 60)
        return fmt::format("{} s", total);
    if (total < 3600)
        return fmt::format("{} min {:02} s", total / 60, total % 60);
    if (total < 86400)
        return fmt::format("{} h {:02} min", total / 3600, total % 3600 / 60);
    return fmt::format("{} d {} h", total / 86400, total % 86400 / 3600);
}

} // namespace headroom::app
