// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/epoch_pace.h"

#include "core/support/bytes.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace headroom {
namespace {

constexpr double shortestEpoch = 30; ///< seconds; the first steps of shorter ones weigh too much
constexpr double slow = 1.15;        ///< times as long as the fastest epoch, or as the forecast at most
constexpr double certain = 0.25;     ///< of the time: slows an epoch down, whatever others took

/// Whether something takes a good part of the time, and more than it did in the other epoch.
bool isMore(double share, double before) {
    constexpr double notable = 0.1;
    constexpr double increase = 0.05;
    return share >= notable && share >= before + increase;
}

int percent(double share) {
    constexpr double whole = 100;
    return static_cast<int>(std::lround(share * whole));
}

std::string othersText(const DeviceLoad& load) {
    return fmt::format(
        "other programs took {} % of the device's time{}{}. End them, or train when they do not run",
        percent(load.others), load.busiest.empty() ? "" : ", most of all ", load.busiest);
}

std::string heatText(const DeviceLoad& load) {
    return fmt::format(
        "heat lowered the card's clocks for {} % of the time, at up to {} degrees Celsius. Improve "
        "the cooling, or lower the power limit with nvidia-smi -pl",
        percent(load.hot), load.temperature);
}

std::string supplyText(const DeviceLoad& load) {
    return fmt::format(
        "the power supply lowered the card's clocks for {} % of the time. Check its cables and "
        "rating",
        percent(load.lackingPower));
}

/// What has certainly slowed an epoch down, whatever others took; empty: nothing.
std::string certainCause(const DeviceLoad& load) {
    if (load.hot >= certain)
        return heatText(load);
    if (load.lackingPower >= certain)
        return supplyText(load);
    return load.others >= certain ? othersText(load) : std::string();
}

} // namespace

void EpochPace::forgetEarlier() {
    fastest_.reset();
    expected_.reset();
}

void EpochPace::add(double segments, double waited, double whole) {
    dataWait_.add(waited, whole);
    segments_ += segments;
    seconds_ += whole;
    waited_ += waited;
}

std::optional<std::string> EpochPace::finishEpoch(int epoch, const TrainingConfig& training,
                                                  const DeviceLoad& load) {
    const auto waiting = dataWait_.finishEpoch(epoch, training);
    const double seconds = std::exchange(seconds_, 0);
    const double waited = std::exchange(waited_, 0);
    const double segments = std::exchange(segments_, 0);
    if (seconds < shortestEpoch || segments == 0)
        return std::nullopt;
    const Epoch now{epoch, (seconds - waited) / segments, load};
    const auto faster = fasterThan(now, training);
    const std::string cause = faster ? causeOf(load, *faster) : certainCause(load);
    microBatch_ = 0;
    std::optional<std::string> text = waiting;
    if (!waiting && !cause.empty() && cause != lastCause_) {
        text = faster ? fmt::format("epoch {} took {:.2f} times as long for a segment as {}: {}", epoch,
                                    now.secondsPerSegment / faster->secondsPerSegment, faster->name, cause)
                      : fmt::format("epoch {} was slower than it could be: {}", epoch, cause);
    }
    lastCause_ = cause;
    if (!fastest_ || now.secondsPerSegment < fastest_->secondsPerSegment)
        fastest_ = now;
    return text;
}

/// The fastest epoch, or else the forecast; absent if the epoch was not slow.
std::optional<EpochPace::Faster> EpochPace::fasterThan(const Epoch& epoch, const TrainingConfig& training) {
    if (fastest_ && epoch.secondsPerSegment >= slow * fastest_->secondsPerSegment)
        return Faster{fastest_->secondsPerSegment, fmt::format("epoch {}", fastest_->number), fastest_->load};
    if (!expected_)
        expected_ = forecast_ ? forecast_() : std::nullopt;
    if (!*expected_)
        return std::nullopt;
    const StepTime& time = **expected_;
    const double most = time.step.high / training.batchSize;
    if (most <= 0 || epoch.secondsPerSegment < slow * most)
        return std::nullopt;
    const bool isPublished = time.source == TimeSource::Published;
    return Faster{
        most,
        fmt::format("{} ({:.3g} instead of {:.3g} s)",
                    isPublished ? "forecast from the card's published rates" : "forecast from measurements",
                    epoch.secondsPerSegment, most),
        {},
        isPublished};
}

std::string EpochPace::causeOf(const DeviceLoad& load, const Faster& faster) const {
    const DeviceLoad& before = faster.load;
    constexpr double fallen = 0.95;
    if (isMore(load.others, before.others))
        return othersText(load);
    if (isMore(load.hot, before.hot))
        return heatText(load);
    if (isMore(load.lackingPower, before.lackingPower))
        return supplyText(load);
    if (microBatch_ > 0)
        return fmt::format(
            "memory was short, and batches are computed in parts of {}. Lower training.batch_size, "
            "or see `headroom fit`",
            microBatch_);
    if (load.retries > 0)
        return fmt::format("memory was short, and the allocator had to release its cache {} times. End other "
                           "programs that use the card, or see `headroom fit`",
                           load.retries);
    if (constexpr std::int64_t mebibytes = std::int64_t{64} << 20; load.swapped > mebibytes)
        return fmt::format("host memory was short, and the machine swapped {}. End other programs, or lower "
                           "training.num_workers and training.prefetch_factor",
                           formatBytes(static_cast<std::uint64_t>(load.swapped)));
    if (before.clock > 0 && load.clock < fallen * before.clock)
        return fmt::format("the card's clock fell from {:.0f} to {:.0f} MHz{}", before.clock, load.clock,
                           load.atPowerLimit >= certain
                               ? fmt::format(", at its power limit of {:.0f} W", load.powerLimit)
                               : std::string());
    const std::string nothing = "neither data nor other programs, heat, power or memory explain it";
    return faster.isPublished ? nothing + ". `headroom calibrate` bases forecasts on measurements" : nothing;
}

} // namespace headroom
