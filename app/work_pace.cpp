// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/work_pace.h"

#include "app/progress_line.h"

#include <fmt/format.h>

namespace headroom::app {

std::string WorkPace::describe(double done, double total) const {
    const double elapsed = elapsedSeconds();
    if (done <= 0 || total <= 0 || elapsed <= 0)
        return "0 %";
    const double pace = done / elapsed;
    return fmt::format("{:.0f} %, {:.2g} times real time, {} left", 100 * done / total, pace,
                       formatDuration((total - done) / pace));
}

double WorkPace::elapsedSeconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

} // namespace headroom::app
