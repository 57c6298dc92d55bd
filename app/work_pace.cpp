#include "app/work_pace.h"

#include "app/progress_line.h"

#include <fmt/format.h>

namespace headroom::app {

std::string WorkPace::describe(double done, double all) const {
    const double elapsed = elapsedSeconds();
    if (done <= 0 || all <= 0 || elapsed <= 0)
        return "0 %";
    const double pace = done / elapsed;
    return fmt::format("{:.0f} %, {:.2g} times real time, {} left", 100 * done / all, pace,
                       formatDuration((all - done) / pace));
}

double WorkPace::elapsedSeconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

} // namespace headroom::app
