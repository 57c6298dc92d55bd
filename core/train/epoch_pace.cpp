// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/epoch_pace.h"

#include "core/support/bytes.h"

#include <fmt/format.h>

#include <utility>

namespace headroom {
namespace {

constexpr double shortestEpoch = 30; ///< seconds; the first steps of shorter ones weigh too much
constexpr double slow = 1.15;        ///< times as long as the fastest epoch
constexpr double certain = 0.25;     ///< of the time: slows an epoch down, whatever others took

/// Whether something takes a good part of the time, and more than it did in the other epoch.
bool isMore(double share, double before) {
    constexpr double notable = 0.1;
    constexpr double increase = 0.05;
    return share >= notable && share >= before + increase;
}

int percent(double share) {
    constexpr double whole = 100;
    return static_cast<int>(share * whole + 0.5);
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

} // namespace

void EpochPace::add(int examples, double waited, double whole) {
    dataWait_.add(waited, whole);
    examples_ += examples;
    seconds_ += whole;
    waited_ += waited;
}

std::optional<std::string> EpochPace::finishEpoch(int epoch, const TrainingConfig& training,
                                                  const DeviceLoad& load) {
    const auto waiting = dataWait_.finishEpoch(epoch, training);
    const double seconds = std::exchange(seconds_, 0);
    const double waited = std::exchange(waited_, 0);
    const std::int64_t examples = std::exchange(examples_, 0);
    if (seconds < shortestEpoch || examples == 0)
        return std::nullopt;
    const Epoch now{epoch, (seconds - waited) / static_cast<double>(examples), load};
    const std::string cause = causeOf(now);
    microBatch_ = 0;
    std::optional<std::string> text = waiting;
    if (!waiting && !cause.empty() && cause != lastCause_) {
        const bool compares = fastest_ && now.secondsPerExample >= slow * fastest_->secondsPerExample;
        text = compares
                   ? fmt::format("epoch {} took {:.2f} times as long for a segment as epoch {}: {}", epoch,
                                 now.secondsPerExample / fastest_->secondsPerExample, fastest_->number, cause)
                   : fmt::format("epoch {} was slower than it could be: {}", epoch, cause);
    }
    lastCause_ = cause;
    if (!fastest_ || now.secondsPerExample < fastest_->secondsPerExample)
        fastest_ = now;
    return text;
}

/// Empty if the epoch was not slow.
std::string EpochPace::causeOf(const Epoch& epoch) const {
    const DeviceLoad& load = epoch.load;
    if (!fastest_ || epoch.secondsPerExample < slow * fastest_->secondsPerExample) {
        if (load.hot >= certain)
            return heatText(load);
        if (load.lackingPower >= certain)
            return supplyText(load);
        return load.others >= certain ? othersText(load) : std::string();
    }
    const DeviceLoad& before = fastest_->load;
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
        return fmt::format(
            "memory was short, and the allocator had to give its cache back {} times. End other "
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
    return "neither data nor other programs, heat, power or memory explain it";
}

} // namespace headroom
