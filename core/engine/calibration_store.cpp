// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/calibration_store.h"

#include "core/config/audio_length.h"
#include "core/config/rank_share.h"
#include "core/engine/engine_error.h"
#include "core/forecast/calibration.h"
#include "core/model/compute_device.h"
#include "core/support/error.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <optional>
#include <system_error>

namespace headroom {
namespace {

namespace fs = std::filesystem;

std::string cpuName() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        if (const auto colon = line.find(": "); line.starts_with("model name") && colon != std::string::npos)
            return line.substr(colon + 2);
    }
    return "CPU";
}

/// @param spread relative uncertainty
TimeRange timeRange(double seconds, double spread) {
    return {.low = seconds * std::max(0.0, 1 - spread), .seconds = seconds, .high = seconds * (1 + spread)};
}

/// The measured time of an update of the same configuration, or that which the calibration predicts; absent
/// without both. Covers 90 % of the measurements.
std::optional<TimeRange> updateTime(const Forecast& forecast, const MachineRecord& record,
                                    const MachineSpeed& speed) {
    const Cost work = forecast.cost.total();
    for (auto run = record.runs.rbegin(); run != record.runs.rend(); ++run) {
        if (run->matches(work, forecast.phase(RunPhase::Step).peakAllocated))
            return timeRange(run->updateSeconds, run->updateSecondsSpread);
    }
    if (!speed.isKnown())
        return std::nullopt;
    return timeRange(speed.seconds(work), speed.spread());
}

double steadySeconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

} // namespace

std::string calibrationName(const Card& card) {
    static const std::string cpu = cpuName();
    return card.computeMajor > 0 ? card.name : fmt::format("{}, {} threads", cpu, at::get_num_threads());
}

void CalibrationStore::addTo(Forecast& forecast, const ForecastRequest& request) {
    const Device& known = device(calibrationName(request.card));
    if (const auto time = updateTime(forecast, known.record, known.speed))
        forecast.time = stepTime(*time * meanSegmentShare(request.config.audio), TimeSource::Measured,
                                 shareOfRank(request.config, request.ranks).training);
    const std::int64_t peak = forecast.phase(RunPhase::Step).peakAllocated;
    for (const RunProfile& run : known.record.runs) {
        if (!run.matches(forecast.cost.total(), peak))
            continue;
        ++forecast.measurements;
        forecast.lastError =
            static_cast<double>(run.forecastPeak - run.measuredPeak) / static_cast<double>(run.measuredPeak);
    }
}

const CalibrationStore::Device& CalibrationStore::device(const std::string& name) {
    const fs::path path = machineRecordPath(name);
    std::error_code error;
    const auto modified = fs::last_write_time(path, error);
    Device& known = devices_[name];
    if (error) {
        known = {};
    } else if (known.modified != modified) {
        known.modified = modified;
        known.record = readMachineRecord(path);
        known.speed = known.record.speed();
    }
    return known;
}

Card withMeasuredContext(Card card) {
    if (const auto context = readMachineRecord(machineRecordPath(calibrationName(card))).context) {
        card.contextLow = *context;
        card.contextHigh = *context;
        card.contextMeasured = true;
    }
    return card;
}

std::string calibrateMachine(const std::string& device, const std::function<void(double share)>& onProgress) {
    constexpr double budget = 12; // seconds
    try {
        const c10::Device target = computeDevice(device).device;
        const Card card = cardOf(target);
        std::string name = calibrationName(card);
        const fs::path path = machineRecordPath(name);
        if (path.empty())
            throw Error(ErrorKind::Failure, "there is no cache folder for the calibration", "HOME",
                        "Set HOME or XDG_CACHE_HOME.");
        const auto timed = calibrate(card, target, budget, steadySeconds, onProgress);
        MachineRecord record = readMachineRecord(path);
        record.calibration = timed;
        writeMachineRecord(path, record);
        return name;
    } catch (...) {
        throw engineError(std::current_exception());
    }
}

} // namespace headroom
