// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Time and memory of a training step on noise: forward, loss, backward, clipping and optimizer.
///     bench_step --config FILE [--set key=value ...] [--steps N] [--device cpu|cuda] [--profile]
#include "core/config/audio_length.h"
#include "core/model/compute_device.h"
#include "core/monitor/memory_monitor.h"
#include "core/support/malloc_trim.h"
#include "core/support/openmp_spin.h"
#include "core/train/train_step.h"
#include "tests/bench/bench_options.h"
#include "tests/bench/operator_times.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Measures the time of each phase of a step.
class PhaseClock {
public:
    static constexpr std::size_t phases = static_cast<std::size_t>(headroom::Phase::Update) + 1;

    void begin(headroom::Phase next) {
        end();
        phase_ = static_cast<int>(next);
    }
    void end() {
        if (phase_ >= 0)
            seconds_.at(static_cast<std::size_t>(phase_)) += secondsSince(begun_);
        phase_ = -1;
        begun_ = Clock::now();
    }
    void clear() { seconds_ = {}; }
    const std::array<double, phases>& seconds() const { return seconds_; }

private:
    std::array<double, phases> seconds_ = {};
    Clock::time_point begun_;
    int phase_ = -1;
};

} // namespace

int main(int argc, char** argv) {
    headroom::limitOpenMpSpin(argv);
    const auto options =
        headroom::bench::parseOptions("Time and memory of a training step.", "--steps", argc, argv);
    if (!options.returnPages)
        headroom::disableMallocTrim();
    const headroom::RunConfig& config = options.config;
    at::set_num_threads(options.threads);
    const at::Device device = headroom::computeDevice(options.device).device;
    headroom::MemoryMonitor monitor(device);
    headroom::TrainStep step(config, device);
    const auto samples = segmentSamples(config.audio);
    at::manual_seed(1);
    const at::Tensor mixture =
        at::randn({config.training.batchSize, config.audio.channels, samples}).mul_(0.1).to(device);
    const at::Tensor targets =
        mixture.unsqueeze(1)
            .expand({-1, static_cast<std::int64_t>(config.data.targets.size()), -1, -1})
            .mul(0.5);

    PhaseClock phases;
    step.setPhaseObserver([&](headroom::Phase next) { phases.begin(next); });
    std::vector<double> seconds;
    std::vector<double> cpu; // CPU time of all threads, which depends less on the load
    std::vector<double> losses;
    for (int i = 0; i <= options.repetitions; ++i) {
        phases.clear();
        const auto begin = Clock::now();
        const auto cpuBegin = headroom::bench::cpuSeconds();
        const at::Tensor loss = step.forwardBackward(mixture, targets, 1);
        step.update(config.training.learningRate);
        losses.push_back(loss.item<double>()); // synchronizes with the device
        phases.end();
        seconds.push_back(secondsSince(begin));
        cpu.push_back(headroom::bench::cpuSeconds() - cpuBegin);
    }
    if (options.profile) {
        const headroom::bench::OperatorTimes times;
        step.forwardBackward(mixture, targets, 1);
        step.update(config.training.learningRate);
        times.print(stderr);
    }
    const double best = *std::min_element(seconds.begin() + 1, seconds.end());
    const std::int64_t frames = 1 + samples / config.audio.hopLength;
    const double tokens = static_cast<double>(frames * config.training.batchSize) *
                          static_cast<double>(step.model().shape().bands.size());
    fmt::print(R"({{{},"step_s_min":{:.4f},"step_s_all":[{:.4f}],"cpu_s_min":{:.4f},"phases_s":[{:.4f}],)"
               R"("tokens_per_s":{:.0f},"peak_bytes":{},"rss_peak_bytes":{},"losses":[{:.5f}]}})"
               "\n",
               headroom::bench::heading("step", options), best, fmt::join(seconds, ","),
               *std::min_element(cpu.begin() + 1, cpu.end()), fmt::join(phases.seconds(), ","), tokens / best,
               monitor.sample().peakAllocated, headroom::bench::peakResidentBytes(), fmt::join(losses, ","));
}
