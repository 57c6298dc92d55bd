// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Checks on a card what tests without one cannot. Prints one JSON object per line; "check" runs all parts.
///     device_check PART [CONFIG [KEY=VALUE...]]
/// HEADROOM_CHECK_DEVICE=cpu runs it on the CPU, to test the program itself. Exit code 1 if anything was
/// wrong.
#include "core/config/config_file.h"
#include "core/engine/start_engine.h"
#include "core/support/error.h"
#include "tests/device/parts.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <map>

using namespace headroom;
using namespace headroom::device;

namespace {

using Part = void (*)(Report&, c10::Device);

const std::map<std::string, Part> parts = {
    {"card", describeCard},        {"golden", checkGoldenCases}, {"kernels", checkKernels},
    {"ceilings", measureCeilings}, {"mixers", measureMixers},    {"fourier", measureFourierWorkAreas},
};

RunConfig configOf(int argc, char** argv) {
    RunConfig config = loadConfig(argv[2]);
    for (int i = 3; i < argc; ++i)
        applyOverride(config, argv[i]);
    return config;
}

/// "paper-8gib model.recompute_slices=4"
std::string nameOf(int argc, char** argv) {
    std::string name = std::filesystem::path(argv[2]).stem().string();
    for (int i = 3; i < argc; ++i)
        name += std::string(" ") + argv[i];
    return name;
}

void run(Report& report, const std::string& part, int argc, char** argv, c10::Device device) {
    if (const auto found = parts.find(part); found != parts.end())
        found->second(report, device);
    else if (argc < 3)
        throw Error(ErrorKind::Input, fmt::format("part {} does not exist or needs a configuration", part));
    else if (part == "agreement")
        checkAgreement(report, configOf(argc, argv), device);
    else if (part == "same-bits")
        checkSameBits(report, configOf(argc, argv), device);
    else if (part == "memory")
        checkMemory(report, configOf(argc, argv), nameOf(argc, argv), device);
    else
        throw Error(ErrorKind::Input, fmt::format("there is no part {}", part));
}

} // namespace

int main(int argc, char** argv) {
    startEngine();
    const std::string part = argc > 1 ? argv[1] : "";
    const char* chosen = std::getenv("HEADROOM_CHECK_DEVICE");
    Report report(part);
    try {
        run(report, part, argc, argv, c10::Device(chosen == nullptr ? "cuda:0" : chosen));
    } catch (const Error& error) {
        report.judge(false, "error", {{"error", error.message()}});
    } catch (const std::exception& error) {
        report.judge(false, "error", {{"error", std::string(error.what()).substr(0, 400)}});
    }
    std::fflush(stdout);
    std::_Exit(report.succeeded() ? 0 : 1); // a broken CUDA context can hang at exit
}
