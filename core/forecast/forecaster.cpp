// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/forecaster.h"

#include "core/allocator/minimum_capacity.h"
#include "core/cards/card_rates.h"
#include "core/config/audio_length.h"
#include "core/config/config_check.h"
#include "core/config/memory_reserve.h"
#include "core/config/rank_share.h"
#include "core/forecast/card_verdict.h"
#include "core/forecast/published_time.h"
#include "core/forecast/run_timeline.h"
#include "core/forecast/separation_memory.h"
#include "core/forecast/step_timeline.h"
#include "core/forecast/validation_recording.h"
#include "core/model/allocator_settings.h"
#include "core/support/error.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <tuple>
#include <utility>

namespace headroom {
namespace {

/// Device memory of NCCL: by default a buffer of 4 MiB for each connection of each channel. How many there
/// are depends on the cards and the links between them: from 2 channels of 2 connections to 32 of 4. Not
/// measured.
constexpr std::int64_t ncclBuffer = std::int64_t{4} << 20;
constexpr std::int64_t ncclLow = ncclBuffer * 2 * 2;
constexpr std::int64_t ncclHigh = ncclBuffer * 32 * 4;

constexpr std::int64_t boundless = std::numeric_limits<std::int64_t>::max() / 4;

/// Adds the time of its scope to a sum of milliseconds.
class Stopwatch {
public:
    explicit Stopwatch(double& sum) : sum_(sum) {}
    ~Stopwatch() { sum_ += std::chrono::duration<double, std::milli>(Clock::now() - begin_).count(); }
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;

private:
    using Clock = std::chrono::steady_clock;
    double& sum_;
    Clock::time_point begin_ = Clock::now();
};

void requireValid(const ForecastRequest& request) {
    checkConfig(request.config);
    requireSharedSteps(request.config.training, request.ranks);
    if (request.card.capacity < 0 || request.others < 0)
        throw Error(ErrorKind::Input, "an amount of memory is negative", {}, "Use 0 or more.");
}

} // namespace

StagedForecast::StagedForecast(const ForecastRequest& request)
    : request_(request), device_{.capacity = boundless,
                                 .caching = request.card.computeMajor > 0,
                                 .settings = request.allocator.value_or(allocatorSettings(request.card))} {
    const Stopwatch stopwatch(result_.elapsedMs);
    requireValid(request);
    result_.number = request.number;
    result_.ofStep = true;
    recordings_.push_back(recordSteps(request.config, request.card, ScanForm::OfDevice,
                                      Repetition::Deduplicate, request.ranks));
    const Recording& steps = recordings_.back();
    StepTimeline timeline(steps.stream);
    replays_.push_back(
        request.detail == ForecastDetail::Totals
            ? replay(steps.stream, device_)
            : replay(steps.stream, device_, [&](const ReplayState& state) { timeline.add(state); }));
    timeline.finish(result_);
    std::tie(firstStep_, nextStep_) = timeline.takeFirstAndLast();
    result_.cost = steps.cost;
    if (const auto rates = publishedRates(request.card))
        result_.time =
            stepTime(publishedTime(steps.cost.total(), *rates) * meanSegmentShare(request.config.audio),
                     TimeSource::Published, shareOfRank(request.config, request.ranks).training);
    if (request.ranks > 1 && device_.caching) {
        result_.exchangeLow = ncclLow;
        result_.exchangeHigh = ncclHigh;
    }
    // The newest ones, the best one, and the one being written.
    result_.diskBytes =
        static_cast<std::int64_t>(steps.checkpointBytes) * (request.config.training.keepLastNCheckpoints + 2);
    add(steps, replays_.back());
    updateVerdict();
}

Forecast StagedForecast::run() {
    {
        const Stopwatch stopwatch(result_.elapsedMs);
        result_.ofStep = false;
        recordings_.push_back(recordValidation(request_.config, request_.card));
        playValidation();
        add(recordings_.back(), replays_.back());
        updateVerdict();
        if (request_.detail == ForecastDetail::Whole) {
            std::vector<PlayedStream> streams;
            for (std::size_t i = 0; i < recordings_.size(); ++i)
                streams.push_back({recordings_[i].stream, replays_[i]});
            result_.minimumCapacity = minimumCapacity(streams, device_);
            result_.separation = separationMemory(request_.config, request_.card, device_);
        }
    }
    return std::move(result_);
}

void StagedForecast::playValidation() {
    const AllocationStream& stream = recordings_.back().stream;
    if (request_.detail == ForecastDetail::Totals) {
        replays_.push_back(replay(stream, device_));
        return;
    }
    ValidationTimeline timeline(stream);
    replays_.push_back(replay(stream, device_, [&](const ReplayState& state) { timeline.add(state); }));
    result_.run = runTimeline(timeline, firstStep_, nextStep_);
}

/// Adds the peaks of the phases in a recording.
void StagedForecast::add(const Recording& recording, const Replay& played) {
    for (const StagePeaks& peaks : played.stages) {
        if (recording.stream.names[static_cast<std::size_t>(peaks.name)] == pausedStage)
            result_.paused = {peaks.allocated, peaks.reserved};
        for (const RunPhase phase : allRunPhases) {
            if (recording.stream.names[static_cast<std::size_t>(peaks.name)] != runPhaseName(phase))
                continue;
            PhaseForecast& forecast = result_.phases[static_cast<std::size_t>(phase)];
            forecast.peakAllocated = std::max(forecast.peakAllocated, peaks.allocated);
            forecast.peakReserved = std::max(forecast.peakReserved, peaks.reserved);
        }
    }
    if (played.statistics.allocatedPeak > result_.peakAllocated) {
        result_.peakAllocated = played.statistics.allocatedPeak;
        result_.parts = played.parts;
    }
    result_.peakReserved = std::max(result_.peakReserved, played.statistics.reservedPeak);
}

void StagedForecast::updateVerdict() {
    // What NCCL holds is outside of the allocator, like the context.
    Card card = request_.card;
    card.contextLow += result_.exchangeLow;
    card.contextHigh += result_.exchangeHigh;
    result_.reserve = device_.caching ? memoryReserve(request_.config) : 0;
    const CardVerdict use = cardVerdict(card, request_.others + result_.reserve, result_.peakReserved,
                                        [this](std::int64_t capacity) { return completesWith(capacity); });
    result_.deviceTotalLow = use.totalLow;
    result_.deviceTotal = use.total;
    result_.verdict = use.verdict;
}

bool StagedForecast::completesWith(std::int64_t capacity) const {
    ReplayDevice smaller = device_;
    smaller.capacity = capacity;
    return capacity >= result_.peakAllocated &&
           std::all_of(recordings_.begin(), recordings_.end(), [&](const Recording& recording) {
               return replay(recording.stream, smaller).completed;
           });
}

Forecast forecast(const ForecastRequest& request) {
    return StagedForecast(request).run();
}

} // namespace headroom
