// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/published_time.h"

#include <algorithm>

namespace headroom {

TimeRange publishedTime(const Cost& cost, const CardRates& rates) {
    const double moving = cost.bytes / rates.bandwidth;
    const double computing = cost.flops / rates.fp32 + cost.bf16Flops / rates.bf16;
    const double shareOfRate = assumed::shareOfRate * (rates.isLaptop ? assumed::shareOfLaptop : 1);
    TimeRange time;
    time.low = std::max(moving, computing);
    time.high =
        moving / assumed::shareOfBandwidth + computing / shareOfRate + cost.calls * assumed::secondsPerCall;
    time.seconds = (time.low + time.high) / 2;
    return time;
}

} // namespace headroom
