/// How far forecasts are from the truth, over settings drawn by a seed.
///     bench_accuracy [--seed N] [--settings N] [--large]
/// One line of JSON for each setting and truth, then one for each truth: the median relative error of the
/// peak, and PEF, the share of runs whose forecast failed. Both are xMem's (arXiv 2510.21048), but for their
/// truth: a run is a setting on a device of some capacity; its forecast is right where it says that memory
/// runs out, and it does, or where it says that it does not, it does not, and neither does it with no more
/// than the forecast peak. `pef_least` asks more: no more than the least capacity that the forecast says is
/// enough.
#include "core/config/config_file.h"
#include "core/forecast/forecaster.h"
#include "tests/core/forecast/cpu_peak.h"
#include "tests/oracle/oracle.h"
#include "tests/support/step_setting.h"

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

/// Whoever knows what a setting really takes.
class Truth {
public:
    virtual ~Truth() = default;
    virtual const char* name() const = 0;
    /// What it stands for, the i-th time.
    virtual Card card(std::uint64_t i) const = 0;
    /// Bytes that the device gives at most, having plenty.
    virtual std::int64_t peak(const RunConfig& config, const Card& card) = 0;
    /// Whether a setting of this peak gets by with so many bytes.
    virtual bool completes(const RunConfig& config, const Card& card, std::int64_t peak,
                           std::int64_t capacity) = 0;
};

class FakeRuntime final : public Truth {
public:
    const char* name() const override { return "LibTorch's allocator on the fake runtime"; }
    Card card(std::uint64_t i) const override { return cards_[i % cards_.size()]; }
    std::int64_t peak(const RunConfig& config, const Card& card) override {
        return oracle_.run(config, card).value().reserved;
    }
    bool completes(const RunConfig& config, const Card& card, std::int64_t peak,
                   std::int64_t capacity) override {
        // With room for the peak the device never says no, so the run is the one that had plenty.
        return capacity >= peak || oracle_.run(config, card, capacity);
    }

private:
    test::Oracle oracle_;
    std::vector<Card> cards_ = test::cardsOfEachKind();
};

class CountingAllocator final : public Truth {
public:
    CountingAllocator() { countCpuTensors(); }
    const char* name() const override { return "the CPU's counting allocator"; }
    Card card(std::uint64_t) const override { return cpuCard(); }
    std::int64_t peak(const RunConfig& config, const Card&) override { return test::measuredCpuPeak(config); }
    bool completes(const RunConfig&, const Card&, std::int64_t peak, std::int64_t capacity) override {
        return capacity >= peak; // it keeps nothing back and gives what is asked for
    }
};

/// What the settings of one truth came to.
struct Tally {
    std::vector<double> errors;
    int runs = 0;
    int fitting = 0;
    int wrong = 0;
    int wrongWithLeast = 0;
};

/// Capacities on both sides of the least that the forecast says is enough, the nearest first: about those
/// further away there is less to be wrong.
std::vector<std::int64_t> capacities(std::int64_t least) {
    return {least - 2 * mib, least,         least * 9 / 10, least * 11 / 10,
            least * 3 / 4,   least * 3 / 2, least / 2,      least * 2};
}

void judge(Truth& truth, const RunConfig& config, std::uint64_t seed, const Card& card, Tally& tally) {
    ForecastRequest request{.config = config, .card = card};
    const Forecast told = forecast(request);
    const std::int64_t peak = truth.peak(config, card);
    const double error = static_cast<double>(told.peakReserved - peak) / static_cast<double>(peak);
    const bool inPeak = truth.completes(config, card, peak, told.peakReserved);
    const bool inLeast = truth.completes(config, card, peak, told.minimumCapacity);
    request.detail = ForecastDetail::Totals;
    Tally own;
    for (const std::int64_t capacity : capacities(told.minimumCapacity)) {
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
               truth.name(), seed, card.name, peak, told.peakReserved, error, told.minimumCapacity, own.runs,
               own.fitting, own.wrong, own.wrongWithLeast);
    std::fflush(stdout);
    tally.errors.push_back(std::abs(error));
    tally.runs += own.runs;
    tally.fitting += own.fitting;
    tally.wrong += own.wrong;
    tally.wrongWithLeast += own.wrongWithLeast;
}

void summarize(const Truth& truth, Tally tally) {
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

void judgeAll(Truth& truth, std::uint64_t seed, std::uint64_t settings, test::StepSize size) {
    Tally tally;
    for (std::uint64_t i = 0; i < settings; ++i)
        judge(truth, test::drawStepSetting(seed + i, size), seed + i, truth.card(i), tally);
    summarize(truth, std::move(tally));
}

} // namespace

int main(int argc, char** argv) {
    std::uint64_t seed = 1;
    std::uint64_t settings = 200;
    bool large = false;
    CLI::App program{"How far forecasts are from the truth, over settings drawn by a seed."};
    program.add_option("--seed", seed, "of the first setting; the others' follow")->capture_default_str();
    program.add_option("--settings", settings)->check(CLI::PositiveNumber)->capture_default_str();
    program.add_flag("--large", large,
                     "up to the paper's size, without the CPU, which would have to compute");
    CLI11_PARSE(program, argc, argv);
    at::set_num_threads(1);
    try {
        FakeRuntime card;
        judgeAll(card, seed, settings, large ? test::StepSize::Large : test::StepSize::Small);
        if (large)
            return 0;
        CountingAllocator cpu;
        judgeAll(cpu, seed, settings, test::StepSize::Small);
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}
