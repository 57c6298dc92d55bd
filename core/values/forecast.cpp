// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/forecast.h"

#include <algorithm>
#include <numeric>

namespace headroom {
namespace {

/// With less free memory than this, the verdict is tight: the use by other programs varies by as much.
std::int64_t margin(std::int64_t capacity) {
    return std::max(std::int64_t{1} << 29, capacity / 20);
}

} // namespace

const char* verdictName(Verdict verdict) {
    switch (verdict) {
    case Verdict::Fits:
        return "fits";
    case Verdict::Tight:
        return "tight";
    case Verdict::DoesNotFit:
        break;
    }
    return "does_not_fit";
}

Verdict verdictOf(std::int64_t total, std::int64_t capacity) {
    if (total > capacity)
        return Verdict::DoesNotFit;
    return capacity - total >= margin(capacity) ? Verdict::Fits : Verdict::Tight;
}

RunPhase Forecast::peakPhase() const {
    RunPhase peak = RunPhase::Step;
    // The start tries a validation, so the two can take the same.
    for (const RunPhase other : {RunPhase::Validation, RunPhase::Start, RunPhase::Checkpoint}) {
        if (phase(other).peakReserved > phase(peak).peakReserved)
            peak = other;
    }
    return peak;
}

std::int64_t TimelinePoint::allocated() const {
    return std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
}

} // namespace headroom
