// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/config_option.h"
#include "app/device_option.h"
#include "app/print.h"
#include "app/rank_launcher.h"
#include "app/real_range.h"
#include "app/request_input.h"
#include "app/train_report.h"
#include "core/config/config_check.h"
#include "core/config/config_file.h"
#include "core/engine/compute_threads.h"
#include "core/engine/run_location.h"
#include "core/engine/services.h"
#include "core/session/rank_place.h"
#include "core/session/run_paths.h"
#include "core/support/error.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <system_error>
#include <vector>

namespace headroom::app {
namespace {

struct Arguments {
    std::string config;
    std::string data;
    std::vector<std::string> overrides;
    int threads = 0;
    bool json = false;
    int ranks = 0; ///< to start; 0: this process is a rank
    bool requests = false;
    std::string startedBy = "command line";
    std::vector<std::string> commandLine;
    TrainingRequest request;
};

RunConfig readFile(const std::string& file, ConfigPlaces& places, ConfigErrors& errors) {
    RunConfig config = readConfigOption(file, &places, &errors);
    if (const auto retired = places.find(retiredKey); retired != places.end())
        errors.add(Error(ErrorKind::Input, retired->first + " is no longer an option", retired->second,
                         "Remove it. To resume a run, use: headroom train --run DIR --resume"));
    return config;
}

/// The configuration of the file, or of the run to resume, with the overrides of the command line.
RunConfig readConfig(const Arguments& arguments) {
    const TrainingRequest& request = arguments.request;
    const bool stored = arguments.config.empty() && request.resume && !request.runFolder.empty();
    if (arguments.config.empty() && !stored)
        throw Error(ErrorKind::Input, "there is no configuration", "--config",
                    "Give a YAML file, such as configs/demo.yaml, or resume a run with --run DIR --resume.");
    ConfigPlaces places;
    ConfigErrors errors;
    RunConfig config = stored ? runConfig(request.runFolder) : readFile(arguments.config, places, errors);
    applyOverrides(config, arguments.overrides, &places, errors);
    errors.throwIfAny();
    if (!arguments.data.empty()) {
        config.data.root = arguments.data;
        places["data.root"] = "--data";
    }
    checkConfig(config, places);
    return config;
}

void placeRun(const Arguments& arguments, TrainingRequest& request) {
    if (!request.runFolder.empty())
        return;
    if (request.resume)
        throw Error(ErrorKind::Input, "there is no run to resume", "--resume", "Give its folder with --run.");
    request.runFolder = newRunFolder(request.config.training.outputDir, arguments.config);
}

/// Prints each event. The run continues if that fails, because the journal has every event.
class LinePrinter {
public:
    void operator()(const std::string& line) {
        if (failed_)
            return;
        printJson(line);
        failed_ = outputError() != 0;
        if (failed_)
            printError(
                "headroom: cannot write to standard output: {}; the run continues, and its journal has "
                "every event\n",
                std::system_category().message(outputError()));
    }

private:
    bool failed_ = false;
};

void startRanks(const Arguments& arguments, Context& context) {
    if (!rankPlace(processEnvironment()).isAlone())
        throw Error(ErrorKind::Input, "a launcher has already started the ranks of this run", "--ranks",
                    "Omit --ranks, or start a single process without the launcher.");
    context.exitCode = launchRanks(arguments.ranks, withoutRanks(arguments.commandLine),
                                   arguments.request.place.timeoutSeconds,
                                   context.interrupt.token("waiting for the ranks to save"));
}

void train(Arguments& arguments, Context& context) {
    context.printsResult = false;
    if (arguments.ranks > 0) {
        startRanks(arguments, context);
        return;
    }
    TrainingRequest& request = arguments.request;
    const double timeout = request.place.timeoutSeconds;
    request.place = rankPlace(processEnvironment());
    request.place.timeoutSeconds = timeout;
    const bool isFirst = request.place.isFirst();
    // A launcher that starts a failed run again does so with the same command line.
    if (request.place.isRestarted() && !request.runFolder.empty() && RunPaths{request.runFolder}.holdsRun())
        request.resume = true;
    request.config = readConfig(arguments);
    request.startedBy = arguments.startedBy;
    placeRun(arguments, request);
    if (arguments.threads > 0)
        setComputeThreads(arguments.threads);

    TrainReport report(request.config.training.stepsPerEpoch, request.config.training.numEpochs,
                       arguments.json || !isFirst, request.place);
    LinePrinter printer;
    const auto session = arguments.json && isFirst
                             ? makeTrainingSession([&](const std::string& line) { printer(line); })
                             : makeTrainingSession();
    const std::stop_token stop =
        context.interrupt.token(isFirst ? "saving the checkpoint" : "waiting for rank 0 to save");
    session->start(request, [&](const TrainingEvent& event) { report(event); });
    {
        const std::stop_callback interrupt(stop, [&] { session->requestStop(); });
        std::optional<RequestInput> requests;
        if (arguments.requests && isFirst)
            requests.emplace(*session);
        session->wait();
    }
    report.summarize();
    context.exitCode = report.exitCode();
}

} // namespace

void addTrainCommand(CLI::App& program, Context& context) {
    const auto arguments = std::make_shared<Arguments>();
    TrainingRequest& request = arguments->request;
    CLI::App* command = program.add_subcommand("train", "Train a model, or resume a run");
    command->add_option("--config", arguments->config,
                        "Configuration file (YAML); `headroom options` lists its options");
    command->add_option("--data", arguments->data, "Folder of the data set (data.root)");
    command->add_option(
        "--run,--run-folder", request.runFolder,
        "Run folder; default: a new folder in training.output_dir. torchrun takes --run for an "
        "option of its own: use --run-folder with it");
    command->add_option("--set", arguments->overrides, "Options to override, such as training.batch_size=2")
        ->allow_extra_args(true);
    command->add_option("--device", request.device, deviceOptionHelp)->capture_default_str();
    command->add_option("--max-minutes", request.maxMinutes, "Stop after this many minutes")
        ->check(realRange(0.0, 1e6));
    command
        ->add_option("--max-steps", request.maxSteps, "Stop at this step, counted from the start of the run")
        ->check(CLI::PositiveNumber);
    command->add_flag("--resume", request.resume, "Resume the run in the run folder");
    command->add_flag("--json", arguments->json, "Print each event as a line of JSON, as in the journal");
    command->add_flag(
        "--requests", arguments->requests,
        "Read requests from standard input, one a line: pause, resume, save, or KEY=VALUE of an "
        "option that takes effect at the next step; the end of the input stops the run");
    command
        ->add_option("--started-by", arguments->startedBy, "Name of the user interface, for the list of runs")
        ->capture_default_str();
    command->add_option("--threads", arguments->threads, "Compute threads; 0 for LibTorch's default")
        ->check(CLI::Range(0, 1024));
    command
        ->add_option("--ranks", arguments->ranks,
                     "Start this many processes on this machine, which train together, each on a card of its "
                     "own; resources/docs/many-cards.md describes other launchers")
        ->check(CLI::Range(1, 64));
    command
        ->add_option("--rank-timeout", request.place.timeoutSeconds,
                     "Seconds without a sign of life after which a rank is lost and the others end")
        ->check(realRange(1.0, 1e6))
        ->capture_default_str();
    command->callback([arguments, &context] {
        arguments->commandLine = context.arguments;
        train(*arguments, context);
    });
}

} // namespace headroom::app
