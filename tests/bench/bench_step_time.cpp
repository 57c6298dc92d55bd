// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Compares forecast and measured times of an update on the CPU, with one thread and in CPU time. Calibrates
/// the machine as `headroom calibrate` does, then forecasts and runs random configurations that are not part
/// of the calibration. All of them run in each round, and the fastest time of each counts, because a machine
/// may be slow for minutes under other load.
///     bench_step_time [--seed N] [--settings N] [--budget SECONDS] [--rounds N]
/// Prints a line of JSON per configuration, and a summary.
#include "core/cards/cards.h"
#include "core/config/config_check.h"
#include "core/forecast/calibration.h"
#include "core/forecast/step_recording.h"
#include "core/support/error.h"
#include "core/support/malloc_trim.h"
#include "core/support/openmp_spin.h"
#include "tests/bench/bench_options.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace {

using namespace headroom;

RunConfig randomConfig(std::mt19937_64& generator) {
    const auto between = [&](int low, int high) {
        return std::uniform_int_distribution<int>(low, high)(generator);
    };
    RunConfig config;
    config.audio.segmentLength = between(5, 20) / 10.0;
    config.model.hiddenDim = 16 * between(1, 8);
    config.model.numLayers = between(1, 3);
    config.model.numSubbands = between(16, 62);
    config.model.dState = 16 * between(1, 4);
    config.model.headdim = 16;
    config.model.useGradientCheckpointing = between(0, 1) == 1;
    config.model.recomputeSlices = between(0, 1) == 1 ? 0 : between(2, 16);
    config.training.batchSize = between(1, 2);
    config.training.gradientAccumulationSteps = between(1, 2);
    config.training.precision = between(0, 1) == 1 ? Precision::Bf16 : Precision::Fp32;
    return config;
}

/// A configuration and the measured time of an update.
struct Trial {
    RunConfig config;
    Cost cost;
    double measured = std::numeric_limits<double>::max();

    void measure() {
        constexpr int times = 2;
        measured = std::min(measured, timeStep(config, at::kCPU, times, bench::cpuSeconds));
    }
};

std::vector<Trial> randomTrials(std::uint64_t seed, std::size_t count) {
    std::mt19937_64 generator(seed);
    std::vector<Trial> trials;
    while (trials.size() < count) {
        const RunConfig config = randomConfig(generator);
        try {
            checkConfig(config);
        } catch (const Error&) { // an invalid configuration
            continue;
        }
        trials.push_back({config, recordSteps(config, cpuCard()).cost.total()});
    }
    return trials;
}

/// Prints a line for the configuration and returns the relative error of its forecast.
double errorOf(const Trial& trial, const MachineSpeed& speed) {
    const auto& [config, cost, measured] = trial;
    const double forecast = speed.seconds(cost);
    const double error = forecast / measured - 1;
    fmt::print(
        R"({{"dim":{},"layers":{},"bands":{},"state":{},"seconds":{},"batch":{},"accumulation":{},"bf16":{},)"
        R"("recompute":{},"slices":{},"flops":{:.4g},"bf16_flops":{:.4g},"scan_elements":{:.4g},)"
        R"("bf16_scan_elements":{:.4g},"bytes":{:.4g},"calls":{:.0f},"forecast_s":{:.4f},)"
        R"("measured_s":{:.4f},"error":{:.3f}}})"
        "\n",
        config.model.hiddenDim, config.model.numLayers, config.model.numSubbands, config.model.dState,
        config.audio.segmentLength, config.training.batchSize, config.training.gradientAccumulationSteps,
        config.training.precision == Precision::Bf16, config.model.useGradientCheckpointing,
        config.model.recomputeSlices, cost.flops, cost.bf16Flops, cost.scanElements, cost.bf16ScanElements,
        cost.bytes, cost.calls, forecast, measured, error);
    return error;
}

} // namespace

int main(int argc, char** argv) {
    headroom::limitOpenMpSpin(argv);
    headroom::disableMallocTrim();
    std::uint64_t seed = 1;
    std::size_t configs = 24;
    double budget = 12;
    int rounds = 2;
    CLI::App program{"Compares forecast and measured step times."};
    program.add_option("--seed", seed, "of the random configurations")->capture_default_str();
    program.add_option("--settings", configs, "number of configurations")->capture_default_str();
    program.add_option("--budget", budget, "time of the calibration in seconds")->capture_default_str();
    program.add_option("--rounds", rounds, "of measurements")->capture_default_str();
    CLI11_PARSE(program, argc, argv);
    at::set_num_threads(1);
    const headroom::MachineSpeed speed(
        headroom::calibrate(headroom::cpuCard(), at::kCPU, budget, headroom::bench::cpuSeconds));
    std::vector<Trial> trials = randomTrials(seed, configs);
    for (int round = 0; round < rounds; ++round) {
        for (Trial& trial : trials)
            trial.measure();
    }
    std::vector<double> errors;
    for (const Trial& trial : trials)
        errors.push_back(std::abs(errorOf(trial, speed)));
    std::sort(errors.begin(), errors.end());
    const auto within =
        std::count_if(errors.begin(), errors.end(), [](double error) { return error <= 0.25; });
    fmt::print(
        R"({{"bench":"step_time","seed":{},"settings":{},"within_25_percent":{},"median_error":{:.3f},)"
        R"("largest_error":{:.3f},"forecast_spread":{:.3f}}})"
        "\n",
        seed, errors.size(), within, errors[errors.size() / 2], errors.back(), speed.spread());
}
