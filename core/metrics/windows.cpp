// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/windows.h"

#include <algorithm>
#include <cmath>

namespace headroom {

ScoreWindows::ScoreWindows(std::int64_t frames, std::int64_t window, std::int64_t hop)
    : length_(std::min(frames, window)), hop_(hop),
      count_(window < frames ? (frames - window + hop) / hop : 1) {}

bool isSilent(const AudioBuffer& audio, std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < std::min(end, audio.frames()); ++i) {
        double sum = 0;
        for (int c = 0; c < audio.channels(); ++c)
            sum += audio.channel(c)[i];
        if (sum != 0)
            return false;
    }
    return true;
}

std::optional<double> medianOfDefined(std::vector<double> values) {
    std::erase_if(values, [](double value) { return std::isnan(value); });
    if (values.empty())
        return std::nullopt;
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

} // namespace headroom
