/// Forecast step times against measured ones, on the CPU with one thread and in processor seconds, which a
/// busy machine lengthens least: first the machine is calibrated, as `headroom calibrate` does it, then
/// settings that the calibration has not seen are forecast and run, all of them in each round, and the
/// fastest of each counts: a machine that is shared is slow for seconds or minutes on end.
///     bench_step_time [--seed N] [--settings N] [--budget SECONDS] [--rounds N]
/// One line of JSON for each setting, and one for all.
#include "core/cards/cards.h"
#include "core/config/config_check.h"
#include "core/forecast/calibration.h"
#include "core/forecast/step_recording.h"
#include "core/support/error.h"
#include "core/support/keep_freed_pages.h"
#include "core/support/openmp_spin.h"
#include "tests/bench/bench_options.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace {

using namespace headroom;

RunConfig drawn(std::mt19937_64& generator) {
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

/// A setting and the seconds of an update.
struct Trial {
    RunConfig config;
    Cost work;
    double measured = std::numeric_limits<double>::max();

    void measure() {
        constexpr int times = 2;
        measured = std::min(measured, timeUpdate(config, at::kCPU, times, bench::processorSeconds));
    }
};

std::vector<Trial> drawnTrials(std::uint64_t seed, std::size_t count) {
    std::mt19937_64 generator(seed);
    std::vector<Trial> trials;
    while (trials.size() < count) {
        const RunConfig config = drawn(generator);
        try {
            checkConfig(config);
        } catch (const Error&) { // a draw that no model can have
            continue;
        }
        trials.push_back({config, recordTraining(config, cpuCard()).work.total()});
    }
    return trials;
}

/// Prints the setting and gives the relative error of its forecast.
double errorOf(const Trial& trial, const MachineSpeed& speed) {
    const auto& [config, work, measured] = trial;
    const double forecast = speed.seconds(work);
    const double error = forecast / measured - 1;
    fmt::print(
        R"({{"dim":{},"layers":{},"bands":{},"state":{},"seconds":{},"batch":{},"accumulation":{},"bf16":{},)"
        R"("recompute":{},"slices":{},"flops":{:.4g},"half_flops":{:.4g},"scanned":{:.4g},"half_scanned":{:.4g},)"
        R"("bytes":{:.4g},"calls":{:.0f},"forecast_s":{:.4f},"measured_s":{:.4f},"error":{:.3f}}})"
        "\n",
        config.model.hiddenDim, config.model.numLayers, config.model.numSubbands, config.model.dState,
        config.audio.segmentLength, config.training.batchSize, config.training.gradientAccumulationSteps,
        config.training.precision == Precision::Bf16, config.model.useGradientCheckpointing,
        config.model.recomputeSlices, work.flops, work.bf16Flops, work.scanElements, work.bf16ScanElements,
        work.bytes, work.calls, forecast, measured, error);
    return error;
}

} // namespace

int main(int argc, char** argv) {
    headroom::limitOpenMpSpin(argv);
    headroom::disableMallocTrim();
    std::uint64_t seed = 1;
    std::size_t settings = 24;
    double budget = 12;
    int rounds = 2;
    CLI::App program{"Forecast step times against measured ones."};
    program.add_option("--seed", seed, "of the settings")->capture_default_str();
    program.add_option("--settings", settings, "how many")->capture_default_str();
    program.add_option("--budget", budget, "seconds of the calibration")->capture_default_str();
    program.add_option("--rounds", rounds, "of measurements")->capture_default_str();
    CLI11_PARSE(program, argc, argv);
    at::set_num_threads(1);
    const headroom::MachineSpeed speed(
        headroom::calibrate(headroom::cpuCard(), at::kCPU, budget, headroom::bench::processorSeconds));
    std::vector<Trial> trials = drawnTrials(seed, settings);
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
        R"("largest_error":{:.3f},"foretold_spread":{:.3f}}})"
        "\n",
        seed, errors.size(), within, errors[errors.size() / 2], errors.back(), speed.spread());
}
