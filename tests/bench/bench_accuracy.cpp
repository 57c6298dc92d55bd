// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// The accuracy of memory forecasts for random configurations.
///     bench_accuracy --runs N [--separations N] [--seed N]
/// compares whole runs of the program on LibTorch's real CUDA code, see run_accuracy.h.
///     bench_accuracy [--seed N] [--settings N] [--large]
/// compares steps. Prints a line of JSON per configuration and ground truth, then a summary per ground truth:
/// the median relative error of the peak, and PEF, the share of runs with a wrong forecast. Both metrics are
/// those of xMem (arXiv 2510.21048), with other ground truths. A run here is a configuration on a device of
/// some capacity. A forecast is right if it predicts out of memory and the run does run out; or if it
/// predicts that the run completes, and it does, also with a capacity of the forecast peak. `pef_least` is
/// stricter: the run must complete with the forecast minimum capacity.
#include "core/config/config_file.h"
#include "core/forecast/forecaster.h"
#include "tests/bench/run_accuracy.h"
#include "tests/core/forecast/cpu_peak.h"
#include "tests/oracle/oracle.h"
#include "tests/support/step_config.h"

#include <ATen/Parallel.h>
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <vector>

namespace {

using namespace headroom;

constexpr std::int64_t mib = std::int64_t{1} << 20;

/// A source of true memory peaks.
class GroundTruth {
public:
    virtual ~GroundTruth() = default;
    virtual const char* name() const = 0;
    /// The card of the i-th configuration.
    virtual Card card(std::uint64_t i) const = 0;
    /// Peak in bytes with unlimited memory.
    virtual std::int64_t peak(const RunConfig& config, const Card& card) = 0;
    /// Whether a configuration with this peak completes with this capacity.
    virtual bool completes(const RunConfig& config, const Card& card, std::int64_t peak,
                           std::int64_t capacity) = 0;
};

class FakeRuntime final : public GroundTruth {
public:
    const char* name() const override { return "LibTorch's allocator on the fake runtime"; }
    Card card(std::uint64_t i) const override { return cards_[i % cards_.size()]; }
    std::int64_t peak(const RunConfig& config, const Card& card) override {
        return oracle_.run(config, card).value().reserved;
    }
    bool completes(const RunConfig& config, const Card& card, std::int64_t peak,
                   std::int64_t capacity) override {
        // With the peak available, the run is the same as with unlimited memory.
        return capacity >= peak || oracle_.run(config, card, capacity);
    }

private:
    test::Oracle oracle_;
    std::vector<Card> cards_ = test::cardsOfEachArchitecture();
};

class CountingAllocator final : public GroundTruth {
public:
    CountingAllocator() { countCpuTensors(); }
    const char* name() const override { return "the CPU's counting allocator"; }
    Card card(std::uint64_t) const override { return cpuCard(); }
    std::int64_t peak(const RunConfig& config, const Card&) override { return test::measuredCpuPeak(config); }
    bool completes(const RunConfig&, const Card&, std::int64_t peak, std::int64_t capacity) override {
        return capacity >= peak; // it caches and rounds nothing
    }
};

/// The results for one ground truth.
struct Tally {
    std::vector<double> errors;
    int runs = 0;
    int fitting = 0;
    int wrong = 0;
    int wrongWithLeast = 0;
};

/// Capacities around the forecast minimum, nearest first. The farther away, the easier the forecast.
std::vector<std::int64_t> capacities(std::int64_t least) {
    return {least - 2 * mib, least,         least * 9 / 10, least * 11 / 10,
            least * 3 / 4,   least * 3 / 2, least / 2,      least * 2};
}

void evaluate(GroundTruth& truth, const RunConfig& config, std::uint64_t seed, const Card& card,
              Tally& tally) {
    ForecastRequest request{.config = config, .card = card};
    const Forecast predicted = forecast(request);
    const std::int64_t peak = truth.peak(config, card);
    const std::int64_t expected = predicted.phase(RunPhase::Step).peakReserved;
    const double error = static_cast<double>(expected - peak) / static_cast<double>(peak);
    const bool inPeak = truth.completes(config, card, peak, expected);
    const bool inLeast = truth.completes(config, card, peak, predicted.minimumCapacity);
    request.detail = ForecastDetail::Totals;
    Tally own;
    for (const std::int64_t capacity : capacities(predicted.minimumCapacity)) {
        request.card.capacity = capacity + card.contextHigh;
        const bool fits = forecast(request).verdict != Verdict::DoesNotFit;
        const bool right = fits == truth.completes(config, card, peak, capacity);
        ++own.runs;
        own.fitting += fits ? 1 : 0;
        own.wrong += right && (!fits || inPeak) ? 0 : 1;
        own.wrongWithLeast += right && (!fits || inLeast) ? 0 : 1;
    }
    fmt::print(R"({{"bench":"accuracy","truth":"{}","seed":{},"card":"{}","peak":{},"forecast":{},)"
               R"("relative_error":{:.6f},"least":{},"runs":{},"fitting":{},"wrong":{},"wrong_least":{}}})"
               "\n",
               truth.name(), seed, card.name, peak, expected, error, predicted.minimumCapacity, own.runs,
               own.fitting, own.wrong, own.wrongWithLeast);
    std::fflush(stdout);
    tally.errors.push_back(std::abs(error));
    tally.runs += own.runs;
    tally.fitting += own.fitting;
    tally.wrong += own.wrong;
    tally.wrongWithLeast += own.wrongWithLeast;
}

void summarize(const GroundTruth& truth, Tally tally) {
    std::sort(tally.errors.begin(), tally.errors.end());
    const std::size_t count = tally.errors.size();
    const auto share = [&](int wrong) { return static_cast<double>(wrong) / tally.runs; };
    fmt::print(
        R"({{"bench":"accuracy","truth":"{}","settings":{},"median_relative_error":{:.6f},)"
        R"("p95_relative_error":{:.6f},"largest_relative_error":{:.6f},"runs":{},"fitting":{},"pef":{:.4f},)"
        R"("pef_least":{:.4f}}})"
        "\n",
        truth.name(), count, tally.errors[count / 2], tally.errors[count * 95 / 100], tally.errors.back(),
        tally.runs, tally.fitting, share(tally.wrong), share(tally.wrongWithLeast));
}

void evaluateAll(GroundTruth& truth, std::uint64_t seed, std::uint64_t configs, test::StepSize size) {
    Tally tally;
    for (std::uint64_t i = 0; i < configs; ++i)
        evaluate(truth, test::drawStepConfig(seed + i, size), seed + i, truth.card(i), tally);
    summarize(truth, std::move(tally));
}

} // namespace

int main(int argc, char** argv) {
    std::uint64_t seed = 1;
    std::uint64_t configs = 200;
    std::uint64_t runs = 0;
    std::uint64_t separations = 3;
    bool large = false;
    CLI::App program{"The accuracy of memory forecasts for random configurations."};
    program.add_option("--seed", seed, "of the first configuration; the others count up")
        ->capture_default_str();
    program.add_option("--settings", configs, "number of configurations")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    program.add_option("--runs", runs,
                       "number of configurations whose whole runs are compared, instead of steps");
    program
        .add_option("--separations", separations, "number of these for which a separation is compared too")
        ->capture_default_str();
    program.add_flag("--large", large,
                     "up to the size of the paper; without the CPU, which would have to compute");
    CLI11_PARSE(program, argc, argv);
    at::set_num_threads(1);
    try {
        if (runs > 0) {
            bench::compareRuns(seed, runs, separations);
            return 0;
        }
        FakeRuntime card;
        evaluateAll(card, seed, configs, large ? test::StepSize::Large : test::StepSize::Small);
        if (large)
            return 0;
        CountingAllocator cpu;
        evaluateAll(cpu, seed, configs, test::StepSize::Small);
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}
