// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <string>

namespace headroom::app {

/// Progress of work on audio, as text. One thread.
class WorkPace {
public:
    /// "43 %, 2.1 times real time, 1 min 20 s left".
    /// @param done, total seconds of audio
    std::string describe(double done, double total) const;

    double elapsedSeconds() const;

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

} // namespace headroom::app
