// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/forecaster.h"

#include "core/allocator/replay.h"
#include "core/config/config_check.h"
#include "core/forecast/step_recording.h"
#include "core/forecast/step_timeline.h"

#include <chrono>
#include <limits>

namespace headroom {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t boundless = std::numeric_limits<std::int64_t>::max() / 4;

/// If the reserved peak exceeds the capacity, the allocator may still complete by releasing cached memory.
Verdict verdictWithRelease(const Forecast& forecast, const ForecastRequest& request,
                           const AllocationStream& stream, ReplayDevice device) {
    const Verdict verdict = verdictOf(forecast.deviceTotal, request.card.capacity);
    if (verdict != Verdict::DoesNotFit)
        return verdict;
    device.capacity = request.card.capacity - request.card.contextHigh - request.others;
    const bool completes = device.capacity > forecast.peakAllocated && replay(stream, device).completed;
    return completes ? Verdict::Tight : Verdict::DoesNotFit;
}

PassForecast passForecast(const Recording& recording, const ReplayDevice& device) {
    const AllocatorStatistics statistics = replay(recording.stream, device).statistics;
    return {statistics.allocatedPeak, statistics.reservedPeak};
}

} // namespace

Forecast forecast(const ForecastRequest& request) {
    const auto begin = Clock::now();
    checkConfig(request.config);
    const Recording recording = recordTraining(request.config, request.card);
    const ReplayDevice device{
        .capacity = boundless, .caching = request.card.computeMajor > 0, .settings = request.allocator};

    Forecast result{.number = request.number};
    StepTimeline timeline(recording.stream);
    const Replay played =
        request.detail == ForecastDetail::Totals
            ? replay(recording.stream, device)
            : replay(recording.stream, device, [&](const ReplayState& state) { timeline.add(state); });
    timeline.finish(result);
    result.peakAllocated = played.statistics.allocatedPeak;
    result.peakReserved = played.statistics.reservedPeak;
    result.parts = played.parts;
    result.deviceTotalLow = request.card.contextLow + result.peakReserved + request.others;
    result.deviceTotal = request.card.contextHigh + result.peakReserved + request.others;
    if (request.detail == ForecastDetail::Whole) {
        result.minimumCapacity = minimumCapacity(recording.stream, device, played);
        result.validation = passForecast(recordValidation(request.config, request.card), device);
        result.separation = passForecast(recordSeparation(request.config, request.card), device);
    }
    result.verdict = verdictWithRelease(result, request, recording.stream, device);
    result.cost = recording.cost;
    // The newest ones, the best one, and the one being written.
    result.diskBytes = static_cast<std::int64_t>(recording.checkpointBytes) *
                       (request.config.training.keepLastNCheckpoints + 2);
    result.elapsedMs = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    return result;
}

} // namespace headroom
