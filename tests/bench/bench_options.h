// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/config_check.h"
#include "core/config/config_file.h"
#include "core/support/error.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <string>
#include <sys/resource.h>
#include <vector>

namespace headroom::bench {

/// Command-line options of the model benchmarks.
struct Options {
    RunConfig config;
    int repetitions = 3;
    int threads = 2;
    double seconds = 0; ///< segment length; 0: that of the configuration
    double song = 0;    ///< length of a song to separate, from file to files; 0: separate one batch
    std::string device = "cpu";
    std::string write;        ///< safetensors file for the weights and what was separated with them
    bool returnPages = false; ///< let the C library return freed pages, for comparison
    bool profile = false;     ///< run once more and print the time of each operator
};

/// Parses the command line; prints the error and exits if it is invalid.
inline Options parseOptions(const std::string& description, const std::string& repetitions, int argc,
                            char** argv) {
    Options options;
    std::string file;
    std::vector<std::string> overrides;
    CLI::App program{description};
    program.add_option("--config", file,
                       "configuration (YAML); default: the built-in one, with the model of the paper");
    program.add_option("--set", overrides, "key=value, repeatable");
    program.add_option(repetitions, options.repetitions, "measured repetitions, after one warm-up");
    program.add_option("--seconds", options.seconds, "length of a segment");
    program.add_option("--song", options.song,
                       "bench_separate: seconds of a song to separate, from a WAV file to WAV files");
    program.add_option("--threads", options.threads);
    program.add_option("--device", options.device, "auto, cpu or cuda");
    program.add_option("--write", options.write,
                       "bench_separate: a safetensors file for weights, noise and estimate");
    program.add_flag("--return-pages", options.returnPages);
    program.add_flag("--profile", options.profile, "also print the time of each operator to stderr");
    try {
        program.parse(argc, argv);
        if (!file.empty())
            options.config = loadConfig(file);
        for (const std::string& assignment : overrides)
            applyOverride(options.config, assignment);
        if (options.seconds > 0)
            options.config.audio.segmentLength = options.seconds;
        checkConfig(options.config);
    } catch (const CLI::ParseError& error) {
        std::exit(program.exit(error));
    } catch (const Error& error) {
        fmt::print(stderr, "{}\n", error.message());
        std::exit(2);
    }
    return options;
}

inline std::int64_t peakResidentBytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return std::int64_t{usage.ru_maxrss} * 1024;
}

/// CPU time of all threads of this process.
inline double cpuSeconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// The first fields of a JSON line: the benchmark and its configuration.
inline std::string heading(const char* bench, const Options& options) {
    const RunConfig& c = options.config;
    return fmt::format(R"("bench":"{}","dim":{},"depth":{},"bands":{},"seconds":{},"batch":{},"bf16":{},)"
                       R"("recompute_layers":{},"slices":{},"device":"{}","threads":{})",
                       bench, c.model.hiddenDim, c.model.numLayers, c.model.numSubbands,
                       c.audio.segmentLength, c.training.batchSize, c.training.precision == Precision::Bf16,
                       c.model.useGradientCheckpointing ? c.model.numLayers : c.model.recomputeLayers,
                       c.model.recomputeSlices, options.device, options.threads);
}

} // namespace headroom::bench
