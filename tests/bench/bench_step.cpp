/// Seconds and memory of a training step: forward, loss, backward, clip and optimizer, on noise.
#include "core/model/compute_device.h"
#include "core/support/keep_freed_pages.h"
#include "core/train/train_step.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <sys/resource.h>

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

struct Options {
    headroom::RunConfig config;
    int steps = 3;
    int threads = 2;
    bool bf16 = false;
    bool returnPages = false; ///< leave the C library as it is, to compare
    std::string device = "cpu";
};

Options parse(int argc, char** argv) {
    Options options;
    headroom::RunConfig& config = options.config;
    config.model.hiddenDim = 32;
    config.model.numLayers = 1;
    config.audio.segmentLength = 1;
    config.training.batchSize = 1;
    config.training.emaDecay = 0;
    CLI::App program{"Seconds and memory of a training step."};
    program.add_option("--dim", config.model.hiddenDim);
    program.add_option("--depth", config.model.numLayers);
    program.add_option("--seconds", config.audio.segmentLength);
    program.add_option("--batch", config.training.batchSize);
    program.add_option("--steps", options.steps);
    program.add_option("--threads", options.threads);
    program.add_option("--device", options.device);
    program.add_flag("--bf16", options.bf16);
    program.add_flag("--return-pages", options.returnPages);
    program.add_flag("--recompute", config.model.useGradientCheckpointing);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        std::exit(program.exit(error));
    }
    config.training.precision = options.bf16 ? headroom::Precision::Bf16 : headroom::Precision::Fp32;
    return options;
}

} // namespace

int main(int argc, char** argv) {
    const Options options = parse(argc, argv);
    if (!options.returnPages)
        headroom::keepFreedPages();
    const headroom::RunConfig& config = options.config;
    at::set_num_threads(options.threads);
    const at::Device device = headroom::computeDevice(options.device);
    headroom::TrainStep step(config, device);
    const auto samples = static_cast<std::int64_t>(config.audio.segmentLength * config.audio.sampleRate);
    at::manual_seed(1);
    const at::Tensor mixture =
        at::randn({config.training.batchSize, config.audio.channels, samples}).mul_(0.1).to(device);
    const at::Tensor targets = mixture.unsqueeze(1) * 0.5;

    std::vector<double> seconds;
    std::vector<double> losses;
    double phases[3] = {};
    auto begun = Clock::now();
    int phase = -1;
    step.setPhaseObserver([&](headroom::Phase next) {
        if (phase >= 0)
            phases[phase] += secondsSince(begun);
        phase = static_cast<int>(next);
        begun = Clock::now();
    });
    for (int i = 0; i <= options.steps; ++i) { // the first warms up
        std::fill(std::begin(phases), std::end(phases), 0.0);
        phase = -1;
        const auto begin = Clock::now();
        const at::Tensor loss = step.forwardBackward(mixture, targets, 1);
        step.update(config.training.learningRate);
        losses.push_back(loss.item<double>()); // waits for the device
        phases[2] += secondsSince(begun);
        seconds.push_back(secondsSince(begin));
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print("{{\"bench\":\"step\",\"dim\":{},\"depth\":{},\"seconds\":{},\"batch\":{},\"bf16\":{},"
               "\"recompute\":{},\"threads\":{},\"step_s_min\":{:.4f},\"step_s_all\":[{:.4f}],"
               "\"last_forward_s\":{:.4f},\"last_backward_s\":{:.4f},\"last_update_s\":{:.4f},"
               "\"rss_peak_bytes\":{},\"page_faults\":{},\"losses\":[{:.5f}]}}\n",
               config.model.hiddenDim, config.model.numLayers, config.audio.segmentLength,
               config.training.batchSize, options.bf16, config.model.useGradientCheckpointing,
               options.threads, *std::min_element(seconds.begin() + 1, seconds.end()),
               fmt::join(seconds, ","), phases[0], phases[1], phases[2], usage.ru_maxrss * 1024,
               usage.ru_minflt, fmt::join(losses, ","));
}
