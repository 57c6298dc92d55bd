// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Time and memory of one forward pass of the model on noise, without gradients.
///     bench_separate --config FILE [--set key=value ...] [--seconds N] [--passes N] [--device cpu|cuda]
#include "core/config/audio_length.h"
#include "core/model/band_split_model.h"
#include "core/model/compute_device.h"
#include "core/monitor/memory_monitor.h"
#include "core/support/malloc_trim.h"
#include "core/support/openmp_spin.h"
#include "tests/bench/bench_options.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>

int main(int argc, char** argv) {
    headroom::limitOpenMpSpin(argv);
    using Clock = std::chrono::steady_clock;
    const auto options =
        headroom::bench::parseOptions("Time and memory of a separation.", "--passes", argc, argv);
    if (!options.returnPages)
        headroom::disableMallocTrim();
    const headroom::RunConfig& config = options.config;
    at::set_num_threads(options.threads);
    const at::Device device = headroom::computeDevice(options.device).device;
    headroom::MemoryMonitor monitor(device);
    headroom::BandSplitModel model(headroom::modelShape(config), device, at::kFloat, 1);
    if (config.training.precision == headroom::Precision::Bf16)
        model.setPrecision(at::kBFloat16);
    at::manual_seed(1);
    const auto samples = segmentSamples(config.audio);
    const at::Tensor mixture = at::randn({1, config.audio.channels, samples}).mul_(0.1).to(device);

    const at::NoGradGuard noGrad;
    std::vector<double> seconds;
    std::vector<double> cpu; // CPU time of all threads, which depends less on the load
    for (int i = 0; i <= options.repetitions; ++i) {
        const auto begin = Clock::now();
        const auto cpuBegin = headroom::bench::cpuSeconds();
        model.forward(mixture).sum().item<double>(); // synchronizes with the device
        seconds.push_back(std::chrono::duration<double>(Clock::now() - begin).count());
        cpu.push_back(headroom::bench::cpuSeconds() - cpuBegin);
    }
    const double best = *std::min_element(seconds.begin() + 1, seconds.end());
    fmt::print(
        R"({{{},"separate_s_min":{:.4f},"separate_s_all":[{:.4f}],"cpu_s_min":{:.4f},"times_real_time":{:.3f},)"
        R"("peak_bytes":{},"rss_peak_bytes":{}}})"
        "\n",
        headroom::bench::heading("separate", options), best, fmt::join(seconds, ","),
        *std::min_element(cpu.begin() + 1, cpu.end()), config.audio.segmentLength / best,
        monitor.sample().peakAllocated, headroom::bench::peakResidentBytes());
}
