// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/config_option.h"
#include "app/device_option.h"
#include "app/launcher.h"
#include "app/print.h"
#include "app/train_report.h"
#include "core/config/config_check.h"
#include "core/config/config_file.h"
#include "core/engine/compute_threads.h"
#include "core/engine/run_location.h"
#include "core/engine/services.h"
#include "core/support/error.h"

#include <memory>
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

void train(Arguments& arguments, Context& context) {
    requireSingleProcess();
    context.printsResult = false;
    TrainingRequest& request = arguments.request;
    request.config = readConfig(arguments);
    request.startedBy = "command line";
    placeRun(arguments, request);
    if (arguments.threads > 0)
        setComputeThreads(arguments.threads);

    TrainReport report(request.config.training.stepsPerEpoch, request.config.training.numEpochs,
                       arguments.json);
    LinePrinter printer;
    const auto session = arguments.json ? makeTrainingSession([&](const std::string& line) { printer(line); })
                                        : makeTrainingSession();
    const std::stop_token stop = context.interrupt.token("saving the checkpoint");
    session->start(request, [&](const TrainingEvent& event) { report(event); });
    {
        const std::stop_callback interrupt(stop, [&] { session->requestStop(); });
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
    command->add_option("--run", request.runFolder,
                        "Run folder; default: a new folder in training.output_dir");
    command->add_option("--set", arguments->overrides, "Options to override, such as training.batch_size=2")
        ->allow_extra_args(true);
    command->add_option("--device", request.device, deviceOptionHelp)->capture_default_str();
    command->add_option("--max-minutes", request.maxMinutes, "Stop after this many minutes")
        ->check(CLI::Range(0.0, 1e6));
    command
        ->add_option("--max-steps", request.maxSteps, "Stop at this step, counted from the start of the run")
        ->check(CLI::PositiveNumber);
    command->add_flag("--resume", request.resume, "Resume the run in the run folder");
    command->add_flag("--json", arguments->json, "Print each event as a line of JSON, as in the journal");
    command->add_option("--threads", arguments->threads, "Compute threads; 0 for LibTorch's default")
        ->check(CLI::Range(0, 1024));
    command->callback([arguments, &context] { train(*arguments, context); });
}

} // namespace headroom::app
