// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/overfit.h"

#include "app/command.h"
#include "app/config_option.h"
#include "app/device_option.h"
#include "app/display_text.h"
#include "app/print.h"
#include "app/progress_line.h"
#include "app/real_range.h"
#include "core/config/config_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <memory>

namespace headroom::app {
namespace {

using Json = nlohmann::ordered_json;

struct Arguments {
    OverfitRequest request;
    std::string config;
    std::string data;
    std::vector<std::string> overrides;
    double minutes = 1;
    bool json = false;
};

RunConfig configOf(const Arguments& arguments) {
    RunConfig config;
    ConfigPlaces places;
    ConfigErrors errors;
    if (!arguments.config.empty())
        config = readConfigOption(arguments.config, &places, &errors);
    applyOverrides(config, arguments.overrides, &places, errors);
    errors.throwIfAny();
    if (!arguments.data.empty())
        config.data.root = arguments.data;
    return config;
}

Json number(double value) {
    return std::isfinite(value) ? Json(value) : Json();
}

std::string resultJson(const OverfitResult& result) {
    Json json = {{"song", result.song},        {"begin", result.begin},     {"seconds", result.seconds},
                 {"device", result.device},    {"learned", result.learned}, {"stopped", result.stopped},
                 {"findings", result.findings}};
    json["uSDR"] = Json::object();
    for (std::size_t i = 0; i < result.sdr.size(); ++i)
        json["uSDR"][result.targets[i]] = number(result.sdr[i]);
    json["progress"] = Json::array();
    for (const OverfitProgress& each : result.progress)
        json["progress"].push_back(
            {{"step", each.step}, {"loss", number(each.loss)}, {"uSDR", number(each.sdr)}});
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void printResult(const OverfitResult& result) {
    print("{}, {:.1f} s from {:.1f} s on, on {}\n", printable(result.song), result.seconds, result.begin,
          result.device);
    for (std::size_t i = 0; i < result.sdr.size(); ++i)
        print("  {:<24} uSDR {:.2f} dB\n", printable(result.targets[i]), result.sdr[i]);
    if (!result.progress.empty())
        print("  {} steps, loss {:.4f}\n", result.progress.back().step, result.progress.back().loss);
    if (result.learned)
        print("The model has memorized the segment: above {:.0f} dB.\n", overfitGoal);
    for (const std::string& finding : result.findings)
        print("{}\n", printable(finding));
}

void learn(Arguments& arguments, Context& context) {
    arguments.request.config = configOf(arguments);
    arguments.request.seconds = arguments.minutes * 60;
    ProgressLine progress(arguments.json);
    const OverfitResult result = overfit(
        arguments.request, context.interrupt.token("ending the training"), [&](const OverfitProgress& state) {
            progress.show(fmt::format("step {}/{}  loss {:.4f}  uSDR {:.2f} dB", state.step,
                                      arguments.request.steps, state.loss, state.sdr));
        });
    progress.finish();
    if (arguments.json)
        printJson(resultJson(result));
    else
        printResult(result);
    context.exitCode = result.stopped ? stoppedExitCode : result.learned ? 0 : 1;
}

} // namespace

void addOverfitCommand(CLI::App& program, Context& context) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand(
        "overfit", "Let a model memorize one segment, to find wrong files and options in a minute");
    command->add_option("--config", arguments->config,
                        "Configuration file (YAML); `headroom options` lists its options");
    command->add_option("--data", arguments->data, "Data set folder; overrides data.root");
    command
        ->add_option("--set", arguments->overrides,
                     "Options to override, such as training.learning_rate=1e-3")
        ->allow_extra_args(true);
    command->add_option("--song", arguments->request.song, "Training song; default: the first one");
    command->add_option("--steps", arguments->request.steps, "Most steps")
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str();
    command->add_option("--minutes", arguments->minutes, "Most time for the steps; 0: no limit")
        ->check(realRange(0.0, 1e6))
        ->capture_default_str();
    command->add_option("--device", arguments->request.device, deviceOptionHelp)->capture_default_str();
    command->add_flag("--json", arguments->json, "Print one line of JSON");
    command->footer(
        "Trains on the loudest segment of the first target, with batches of one, without "
        "augmentation, EMA, warm-up, decay and adapters. Exit code: 0 if every target reaches a uSDR "
        "of 10 dB, 1 with the probable reason if not.");
    command->callback([arguments, &context] { learn(*arguments, context); });
}

} // namespace headroom::app
