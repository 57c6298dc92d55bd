// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/separation_memory.h"

#include "core/forecast/validation_recording.h"
#include "core/model/allocator_settings.h"

#include <algorithm>
#include <limits>

namespace headroom {

PhaseForecast separationMemory(const RunConfig& config, const Card& card, const ReplayDevice& device) {
    const AllocatorStatistics used = replay(recordSeparation(config, card).stream, device).statistics;
    return {used.allocatedPeak, used.reservedPeak};
}

int largestSeparationBatch(const RunConfig& config, const Card& card) {
    const ReplayDevice device{.capacity = std::numeric_limits<std::int64_t>::max() / 4,
                              .caching = card.computeMajor > 0,
                              .settings = allocatorSettings(card)};
    const auto fits = [&](int batch) {
        RunConfig wanted = config;
        wanted.separation.batchSize = batch;
        return verdictOf(separationMemory(wanted, card, device).peakReserved, card.capacity) == Verdict::Fits;
    };
    // Memory grows with the batch, so halving finds the limit in a few forecasts.
    int fitting = 1;
    int tooLarge = largestAutomaticBatch + 1;
    while (tooLarge - fitting > 1) {
        const int middle =
            tooLarge > largestAutomaticBatch ? largestAutomaticBatch : (fitting + tooLarge) / 2;
        if (fits(middle))
            fitting = middle;
        else
            tooLarge = middle;
    }
    return fitting;
}

} // namespace headroom
