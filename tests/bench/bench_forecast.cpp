// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Time of forecasts: the first one of the process, then the first answer that the window shows (the steps),
/// and each level of detail: whole, as on the command line and as the window's second answer; timeline;
/// totals, as for the fit zones of sliders.
///     bench_forecast [--repetitions N] [--card NAME] FILE...
/// Prints a line of JSON per file; `cold_ms` is only cold for the first file. `rss_peak_bytes` includes
/// LibTorch itself; `rss_added_bytes` is the increase since the start.
#include "core/config/config_file.h"
#include "core/engine/forecast_now.h"
#include "core/forecast/forecaster.h"
#include "core/support/error.h"
#include "core/support/malloc_trim.h"
#include "tests/bench/bench_options.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <ctime>
#include <string>
#include <vector>

namespace {

using namespace headroom;

/// CPU time of this thread in milliseconds.
double cpuMs() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

struct Times {
    std::vector<double> wall;
    std::vector<double> cpu;

    void measure(const ForecastRequest& request) {
        add([&] { return forecastNow(request).elapsedMs; });
    }
    void measureSteps(const ForecastRequest& request) {
        add([&] { return StagedForecast(request).step().elapsedMs; });
    }

    template <class Run>
    void add(const Run& run) {
        const double before = cpuMs();
        wall.push_back(run());
        cpu.push_back(cpuMs() - before);
    }
};

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void measure(const std::string& file, ForecastRequest request, int repetitions, std::int64_t loaded) {
    request.config = loadConfig(file);
    const double cold = forecastNow(request).elapsedMs;
    Times steps;
    Times whole;
    Times timeline;
    Times totals;
    for (int i = 0; i < repetitions; ++i) {
        request.detail = ForecastDetail::Whole;
        steps.measureSteps(request);
        whole.measure(request);
        request.detail = ForecastDetail::Timeline;
        timeline.measure(request);
        request.detail = ForecastDetail::Totals;
        totals.measure(request);
    }
    const auto text = [](const char* name, const Times& times) {
        return fmt::format(
            R"("{0}_ms_min":{1:.1f},"{0}_ms_median":{2:.1f},"{0}_processor_ms_min":{3:.1f},"{0}_processor_ms_median":{4:.1f})",
            name, *std::min_element(times.wall.begin(), times.wall.end()), median(times.wall),
            *std::min_element(times.cpu.begin(), times.cpu.end()), median(times.cpu));
    };
    fmt::print(
        R"({{"bench":"forecast","config":"{}","card":"{}","cold_ms":{:.1f},{},{},{},{},"rss_peak_bytes":{},"rss_added_bytes":{}}})"
        "\n",
        file, request.card.name, cold, text("steps", steps), text("whole", whole), text("timeline", timeline),
        text("totals", totals), bench::peakResidentBytes(), bench::peakResidentBytes() - loaded);
}

} // namespace

int main(int argc, char** argv) {
    headroom::disableMallocTrim(); // as the programs do
    int repetitions = 10;
    std::string card = "RTX 4070";
    std::vector<std::string> files;
    CLI::App program{"Time of forecasts, on one thread."};
    program.add_option("--repetitions", repetitions, "measured repetitions, after the first");
    program.add_option("--card", card);
    program.add_option("files", files, "configurations (YAML)")->required();
    CLI11_PARSE(program, argc, argv);
    at::set_num_threads(1);
    const std::int64_t loaded = headroom::bench::peakResidentBytes();
    try {
        const headroom::ForecastRequest request{.card = headroom::cardNamed(card)};
        for (const std::string& file : files)
            measure(file, request, repetitions, loaded);
    } catch (const headroom::Error& error) {
        fmt::print(stderr, "{}\n", error.message());
        return 2;
    }
}
