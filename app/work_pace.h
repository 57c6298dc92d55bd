#pragma once

#include <chrono>
#include <string>

namespace headroom::app {

/// Tells how work on sound is getting on. One thread.
class WorkPace {
public:
    /// "43 %, 2.1 times real time, 1 min 20 s left".
    /// @param done, all seconds of sound
    std::string describe(double done, double all) const;

    double elapsedSeconds() const;

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

} // namespace headroom::app
