// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/run_accuracy.h"

#include "tests/oracle/oracle.h"
#include "tests/oracle/oracle_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace headroom::bench {
namespace {

using test::RunOutcome;
using test::RunSetting;

struct Tally {
    std::vector<double> allocatedErrors; ///< signed, relative, of each phase
    std::vector<double> reservedErrors;
    int settings = 0;
    int equal = 0;    ///< configurations with all peaks equal to the byte
    int finished = 0; ///< with exactly the forecast memory
    int ranOut = 0;   ///< with 1 % less
    int survived = 0; ///< of those
    int separations = 0;
    int equalSeparations = 0;

    /// Adds a comparison and returns its JSON.
    std::string compare(const char* name, const PhaseForecast& measured, const PhaseForecast& forecast) {
        const auto relative = [](std::int64_t predicted, std::int64_t actual) {
            return actual == 0 ? 0 : static_cast<double>(predicted - actual) / static_cast<double>(actual);
        };
        allocatedErrors.push_back(relative(forecast.peakAllocated, measured.peakAllocated));
        reservedErrors.push_back(relative(forecast.peakReserved, measured.peakReserved));
        return fmt::format(
            R"("{}":{{"allocated":{},"allocated_difference":{},"reserved":{},"reserved_difference":{}}})",
            name, measured.peakAllocated, forecast.peakAllocated - measured.peakAllocated,
            measured.peakReserved, forecast.peakReserved - measured.peakReserved);
    }
};

double median(std::vector<double> values) {
    for (double& value : values)
        value = std::abs(value);
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

double extreme(const std::vector<double>& values) {
    const auto largest = std::max_element(values.begin(), values.end(),
                                          [](double a, double b) { return std::abs(a) < std::abs(b); });
    return largest == values.end() ? 0 : *largest;
}

void requireCompleted(const RunOutcome& outcome, std::uint64_t seed) {
    if (!outcome.completed())
        throw std::runtime_error(fmt::format("seed {}: {}", seed, outcome.err));
}

void compareRun(const test::OracleRuns& runs, std::uint64_t seed, bool separates, Tally& tally) {
    const RunSetting setting = runs.draw(seed);
    const Forecast forecast = setting.forecast();
    const RunOutcome whole = runs.train(setting, test::plenty);
    requireCompleted(whole, seed);
    std::string text;
    for (const RunPhase phase : allRunPhases)
        text += tally.compare(runPhaseName(phase), whole.phases[static_cast<std::size_t>(phase)],
                              forecast.phase(phase)) +
                ",";
    text += tally.compare("run", whole.whole, {forecast.peakAllocated, forecast.peakReserved});
    const bool equal = whole.phases == forecast.phases &&
                       whole.whole == PhaseForecast{forecast.peakAllocated, forecast.peakReserved};
    ++tally.settings;
    tally.equal += equal ? 1 : 0;
    if (separates) {
        const RunOutcome separated = runs.separate(setting, test::plenty);
        requireCompleted(separated, seed);
        text += fmt::format(",{}", tally.compare("separation", separated.whole, forecast.separation));
        ++tally.separations;
        tally.equalSeparations += separated.whole == forecast.separation ? 1 : 0;
    }
    const std::int64_t least = forecast.minimumCapacity;
    const RunOutcome exact = runs.train(setting, least);
    const RunOutcome less = runs.train(setting, least / 100 * 99);
    tally.finished += exact.completed() ? 1 : 0;
    tally.ranOut += less.completed() ? 0 : 1;
    tally.survived += less.survivedShortage() ? 1 : 0;
    fmt::print(R"({{"bench":"run_accuracy","seed":{},"card":"{}","expandable":{},"equal":{},{},"least":{},)"
               R"("finished":{},"ran_out_with_less":{},"survived":{},"forecast_ms":{:.1f}}})"
               "\n",
               seed, setting.card.name, setting.allocator.expandableSegments, equal, text, least,
               exact.completed(), !less.completed(), less.survivedShortage(), forecast.elapsedMs);
    std::fflush(stdout);
}

} // namespace

void compareRuns(std::uint64_t seed, std::uint64_t settings, std::uint64_t separations) {
    const test::OracleRuns runs;
    Tally tally;
    for (std::uint64_t i = 0; i < settings; ++i)
        compareRun(runs, seed + i, i < separations, tally);
    fmt::print(
        R"({{"bench":"run_accuracy","seed":{},"settings":{},"equal":{},)"
        R"("median_error_allocated":{:.6f},"largest_error_allocated":{:.6f},)"
        R"("median_error_reserved":{:.6f},"largest_error_reserved":{:.6f},"finished":{},)"
        R"("ran_out_with_less":{},"survived":{},"pef":{:.4f},"separations":{},"equal_separations":{}}})"
        "\n",
        seed, tally.settings, tally.equal, median(tally.allocatedErrors), extreme(tally.allocatedErrors),
        median(tally.reservedErrors), extreme(tally.reservedErrors), tally.finished, tally.ranOut,
        tally.survived, 1 - static_cast<double>(tally.finished) / tally.settings, tally.separations,
        tally.equalSeparations);
}

} // namespace headroom::bench
