#include "app/command.h"
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

RunConfig readFile(const std::string& file, ConfigPlaces& places) {
    RunConfig config = loadConfig(file, &places);
    if (const auto retired = places.find(retiredKey); retired != places.end())
        throw Error(ErrorKind::Input, retired->first + " is no longer a setting", retired->second,
                    "Remove it, and resume a run with: headroom train --run DIR --resume");
    return config;
}

/// The configuration of the file, or that of the run to resume; what the command line names counts more.
RunConfig readConfig(const Arguments& arguments) {
    const TrainingRequest& request = arguments.request;
    const bool stored = arguments.config.empty() && request.resume && !request.runFolder.empty();
    if (arguments.config.empty() && !stored)
        throw Error(
            ErrorKind::Input, "no configuration is given", "--config",
            "Name a YAML file, such as the preset demo.yaml, or resume a run with --run DIR --resume.");
    ConfigPlaces places;
    RunConfig config = stored ? runConfig(request.runFolder) : readFile(arguments.config, places);
    for (const std::string& assignment : arguments.overrides)
        applyOverride(config, assignment, &places);
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
        throw Error(ErrorKind::Input, "no run is named", "--resume", "Name its folder with --run.");
    request.runFolder = newRunFolder(request.config.training.outputDir, arguments.config);
}

/// Prints each event as it comes. Where that fails, the run goes on: the journal has every event.
class LinePrinter {
public:
    void operator()(const std::string& line) {
        if (failed_)
            return;
        printJson(line);
        failed_ = outputError() != 0;
        if (failed_)
            printError("headroom: cannot write to standard output: {}; the run goes on, and its journal has "
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
                        "Configuration file (YAML); `headroom knobs` lists what it may hold");
    command->add_option("--data", arguments->data, "Folder of the songs: data.root");
    command->add_option("--run", request.runFolder,
                        "Run folder; without it a new one in training.output_dir");
    command->add_option("--set", arguments->overrides, "Knobs to set, as training.batch_size=2")
        ->allow_extra_args(true);
    command->add_option("--device", request.device, deviceOptionHelp)->capture_default_str();
    command->add_option("--max-minutes", request.maxMinutes, "End after this many minutes from now")
        ->check(CLI::Range(0.0, 1e6));
    command->add_option("--max-steps", request.maxSteps, "End after this many steps of the whole run")
        ->check(CLI::PositiveNumber);
    command->add_flag("--resume", request.resume, "Resume the run in the run folder");
    command->add_flag("--json", arguments->json, "Print each event as a line of JSON, as the journal has it");
    command->add_option("--threads", arguments->threads, "Threads that compute; 0: as LibTorch decides")
        ->check(CLI::Range(0, 1024));
    command->callback([arguments, &context] { train(*arguments, context); });
}

} // namespace headroom::app
