// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dsp/band_plan.h"

#include "core/support/error.h"

#include <algorithm>

namespace headroom {
namespace {

std::vector<int> paperPlan() {
    std::vector<int> widths;
    for (auto [count, width] : {std::pair{24, 2}, {12, 4}, {8, 12}, {8, 24}, {8, 48}, {1, 128}, {1, 129}}) {
        widths.insert(widths.end(), count, width);
    }
    return widths;
}

std::vector<int> merged(const std::vector<int>& widths, std::size_t low) {
    std::vector<int> result = widths;
    result[low] += result[low + 1];
    result.erase(result.begin() + static_cast<std::ptrdiff_t>(low) + 1);
    return result;
}

std::vector<int> halved(const std::vector<int>& widths, std::size_t band) {
    std::vector<int> result = widths;
    const int lower = result[band] / 2;
    result[band] -= lower;
    result.insert(result.begin() + static_cast<std::ptrdiff_t>(band), lower);
    return result;
}

bool isNonDecreasing(const std::vector<int>& widths) {
    return std::is_sorted(widths.begin(), widths.end());
}

std::vector<int> withOneFewer(const std::vector<int>& widths) {
    std::size_t best = widths.size();
    for (std::size_t low = 0; low + 1 < widths.size(); ++low) {
        const bool isSmallest =
            best == widths.size() || widths[low] + widths[low + 1] <= widths[best] + widths[best + 1];
        if (isSmallest && isNonDecreasing(merged(widths, low)))
            best = low;
    }
    return merged(widths, best);
}

std::vector<int> withOneMore(const std::vector<int>& widths) {
    std::size_t best = widths.size();
    for (std::size_t band = 0; band < widths.size(); ++band) {
        const bool isWidest = best == widths.size() || widths[band] > widths[best];
        if (widths[band] > 1 && isWidest && isNonDecreasing(halved(widths, band)))
            best = band;
    }
    return halved(widths, best);
}

} // namespace

std::vector<int> bandPlan(int numSubbands) {
    if (numSubbands < 16 || numSubbands > 128) {
        throw Error(ErrorKind::Input, "a band plan needs 16 to 128 bands, not " + std::to_string(numSubbands),
                    "model.num_subbands", "Set the widths in model.freqs_per_bands instead.");
    }
    std::vector<int> widths = paperPlan();
    while (static_cast<int>(widths.size()) > numSubbands)
        widths = withOneFewer(widths);
    while (static_cast<int>(widths.size()) < numSubbands)
        widths = withOneMore(widths);
    return widths;
}

} // namespace headroom
