// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/progress_line.h"

#include "app/display_text.h"
#include "app/print.h"
#include "core/values/duration.h"

#include <fmt/format.h>

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
    const auto duration = inLargestUnits(seconds);
    if (!duration)
        return "unknown";
    switch (duration->unit) {
    case Duration::Unit::Seconds:
        return fmt::format("{} s", duration->whole);
    case Duration::Unit::Minutes:
        return fmt::format("{} min {:02} s", duration->whole, duration->rest);
    case Duration::Unit::Hours:
        return fmt::format("{} h {:02} min", duration->whole, duration->rest);
    case Duration::Unit::Days:
        break;
    }
    return fmt::format("{} d {} h", duration->whole, duration->rest);
}

} // namespace headroom::app
