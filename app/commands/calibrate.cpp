// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/device_option.h"
#include "app/print.h"
#include "app/progress_line.h"
#include "core/engine/calibration_store.h"
#include "core/engine/compute_threads.h"
#include "core/engine/forecast_now.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <string>

namespace headroom::app {
namespace {

struct Arguments {
    std::string device = "auto";
    int threads = 0;
    bool json = false;
};

void run(const Arguments& arguments) {
    if (arguments.threads > 0)
        setComputeThreads(arguments.threads);
    if (const std::string reason = noUsableCardHere(); arguments.device == "auto" && !reason.empty())
        printError("headroom: using the CPU: {}\n", reason);
    ProgressLine progress(arguments.json);
    const std::string name = calibrateMachine(arguments.device, [&](double share) {
        progress.show(fmt::format("timing small training steps: {:.0f} %", 100 * share));
    });
    progress.finish();
    if (arguments.json)
        printJson(nlohmann::json{{"device", name}}.dump());
    else
        print("{}: forecasts now include step times\n", name);
}

} // namespace

void addCalibrateCommand(CLI::App& program, Context&) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand(
        "calibrate", "Time small training steps on this machine, so that forecasts include step times");
    command->add_option("--device", arguments->device, deviceOptionHelp)->capture_default_str();
    command->add_option("--threads", arguments->threads, "Compute threads; 0 for LibTorch's default")
        ->check(CLI::Range(0, 1024));
    command->add_flag("--json", arguments->json, "Print one line of JSON");
    command->callback([arguments] { run(*arguments); });
}

} // namespace headroom::app
