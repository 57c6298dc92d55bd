// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/save_schedule.h"

#include <algorithm>

namespace headroom {
namespace {

constexpr double firstRetrySeconds = 10;
constexpr double longestRetrySeconds = 600;

} // namespace

SaveSchedule::SaveSchedule(double everyMinutes, Clock::time_point now)
    : everyMinutes_(everyMinutes), lastSave_(now) {}

bool SaveSchedule::due(Clock::time_point now) const {
    const bool byClock =
        everyMinutes_ > 0 && now - lastSave_ >= std::chrono::duration<double>(everyMinutes_ * 60);
    const bool wanted = requested_ || byClock || retrySeconds_ > 0;
    return wanted && (retrySeconds_ == 0 || now >= retryAt_);
}

void SaveSchedule::saved(Clock::time_point now) {
    lastSave_ = now;
    requested_ = false;
    retrySeconds_ = 0;
}

double SaveSchedule::failed(Clock::time_point now) {
    retrySeconds_ = retrySeconds_ == 0 ? firstRetrySeconds : std::min(2 * retrySeconds_, longestRetrySeconds);
    retryAt_ =
        now + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(retrySeconds_));
    return retrySeconds_;
}

} // namespace headroom
