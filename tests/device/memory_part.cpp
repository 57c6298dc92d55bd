// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/nvml.h"
#include "core/dsp/stft.h"
#include "core/forecast/forecaster.h"
#include "core/model/compute_device.h"
#include "core/train/train_step.h"
#include "tests/device/parts.h"

#include <c10/core/CachingDeviceAllocator.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace headroom::device {
namespace {

std::int64_t mib(std::int64_t bytes) {
    return bytes >> 20;
}

c10::DeviceAllocator& allocatorOf(c10::Device device) {
    return *c10::getDeviceAllocator(device.type());
}

/// Two updates of at most two steps each, which take as much memory as complete ones.
/// @return seconds of the fastest step
double trainTwice(const RunConfig& config, const Sound& sound, c10::Device device) {
    using Clock = std::chrono::steady_clock;
    TrainStep step(config, device);
    double fastest = INFINITY;
    const int steps = config.training.gradientAccumulationSteps;
    for (int update = 0; update < 2; ++update) {
        for (int i = 0; i < std::min(steps, 2); ++i) {
            const auto begin = Clock::now();
            step.forwardBackward(sound.mixture, sound.targets, 1.0 / steps);
            waitFor(device);
            fastest = std::min(fastest, std::chrono::duration<double>(Clock::now() - begin).count());
        }
        step.update(1e-4);
    }
    waitFor(device);
    return fastest;
}

} // namespace

void checkMemory(Report& report, const RunConfig& config, const std::string& name, c10::Device device) {
    const Card card = cardOf(device);
    const Forecast expected = forecast({.config = config, .card = card, .detail = ForecastDetail::Totals});
    nlohmann::ordered_json values = {{"forecast_allocated_MiB", mib(expected.peakAllocated)},
                                     {"forecast_reserved_MiB", mib(expected.peakReserved)}};
    try {
        values["step_s"] = trainTwice(config, randomSound(config), device);
    } catch (const std::exception& error) {
        const bool foreseen = expected.deviceTotal > card.capacity;
        values["error"] = std::string(error.what()).substr(0, 200);
        report.judge(foreseen, name, values);
        return;
    }
    c10::DeviceAllocator& allocator = allocatorOf(device);
    const auto stats = allocator.getDeviceStats(device.index());
    const auto [free, total] = allocator.getMemoryInfo(device.index());
    const auto used = static_cast<std::int64_t>(total - free);
    const auto ofProcess = Nvml().heldByThisProcess();
    values["allocated_MiB"] = mib(stats.allocated_bytes[0].peak);
    values["reserved_MiB"] = mib(stats.reserved_bytes[0].peak);
    values["retries"] = stats.num_alloc_retries;
    values["device_used_MiB"] = mib(used);
    values["nvml_MiB"] = ofProcess ? nlohmann::ordered_json(mib(*ofProcess)) : nullptr;
    values["context_MiB"] = mib(ofProcess.value_or(used) - stats.reserved_bytes[0].current);
    values["context_in_table_MiB"] = {mib(card.contextLow), mib(card.contextHigh)};
    report.judge(expected.peakAllocated == stats.allocated_bytes[0].peak &&
                     expected.peakReserved == stats.reserved_bytes[0].peak,
                 name, values);
}

void measureFourierWorkAreas(Report& report, c10::Device device) {
    c10::DeviceAllocator& allocator = allocatorOf(device);
    const at::Tensor sound = at::randn({10, std::int64_t{8} * 44100}, device);
    for (const std::int64_t fft : {512, 1024, 2048, 4096, 8192}) {
        const Stft stft(fft, 441, fft, sound.options());
        allocator.resetPeakStats(device.index());
        const auto before = allocator.getDeviceStats(device.index()).allocated_bytes[0].current;
        const at::Tensor spectrum = stft.forward(sound);
        const auto stats = allocator.getDeviceStats(device.index()).allocated_bytes[0];
        report.tell(fmt::format("n_fft {}", fft),
                    {{"result_MiB", mib(static_cast<std::int64_t>(spectrum.nbytes()))},
                     {"peak_MiB", mib(stats.peak - before)}});
    }
}

} // namespace headroom::device
