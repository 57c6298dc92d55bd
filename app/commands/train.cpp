#include "app/command.h"
#include "app/device_option.h"
#include "app/train_report.h"
#include "core/config/config_check.h"
#include "core/config/config_file.h"
#include "core/engine/compute_threads.h"
#include "core/engine/run_location.h"
#include "core/engine/training_session.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <memory>
#include <stop_token>
#include <string>
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

/// The configuration: of the file, or that of the run which is carried on; what the command line names counts
/// more.
RunConfig readConfig(const Arguments& arguments) {
    const TrainingRequest& request = arguments.request;
    const bool stored = arguments.config.empty() && request.resume && !request.runFolder.empty();
    if (arguments.config.empty() && !stored)
        throw Error(ErrorKind::Input, "no configuration is given", "--config",
                    "Name a file, such as configs/demo.yaml, or carry on a run with --run and --resume.");
    ConfigPlaces places;
    RunConfig config = stored ? runConfig(request.runFolder) : loadConfig(arguments.config, &places);
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
    if (request.runFolder.empty() && !request.config.training.resumeFrom.empty()) {
        request.runFolder = request.config.training.resumeFrom;
        request.resume = true;
    }
    if (!request.runFolder.empty())
        return;
    if (request.resume)
        throw Error(ErrorKind::Input, "no run is named that could be carried on", "--resume",
                    "Name its folder with --run or training.resume_from.");
    request.runFolder = newRunFolder(request.config.training.outputDir, arguments.config);
}

/// Prints a line on standard output as it comes. A reader that has gone away does not end a run of days: the
/// journal has everything.
class LinePrinter {
public:
    void operator()(const std::string& line) {
        if (closed_)
            return;
        fmt::memory_buffer text;
        fmt::format_to(std::back_inserter(text), "{}\n", line);
        if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0)
            return;
        closed_ = true;
        fmt::print(stderr,
                   "headroom: nobody reads standard output any more; the run goes on, and its journal "
                   "has every event\n");
    }

private:
    bool closed_ = false;
};

void train(Arguments& arguments, Context& context) {
    TrainingRequest& request = arguments.request;
    request.config = readConfig(arguments);
    request.startedBy = "command line";
    placeRun(arguments, request);
    if (arguments.threads > 0)
        setComputeThreads(arguments.threads);
    std::signal(SIGPIPE, SIG_IGN);

    TrainReport report(request.config.training.stepsPerEpoch, request.config.training.numEpochs,
                       arguments.json);
    LinePrinter printer;
    const auto session = arguments.json ? makeTrainingSession([&](const std::string& line) { printer(line); })
                                        : makeTrainingSession();
    session->start(request, [&](const TrainingEvent& event) { report(event); });
    {
        const std::stop_callback interrupt(context.interrupt.token(), [&] { session->requestStop(); });
        session->wait();
    }
    report.summarize();
    context.exitCode = report.exitCode();
}

} // namespace

void addTrainCommand(CLI::App& program, Context& context) {
    const auto arguments = std::make_shared<Arguments>();
    TrainingRequest& request = arguments->request;
    CLI::App* command = program.add_subcommand("train", "Train a model, or carry a run on");
    command->add_option("--config", arguments->config, "Configuration file (YAML); see configs/");
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
    command->add_flag("--resume", request.resume, "Carry on the run in the run folder");
    command->add_flag("--json", arguments->json, "Print each event as a line of JSON, as the journal has it");
    command->add_option("--threads", arguments->threads, "Threads that compute; 0: as LibTorch decides")
        ->check(CLI::Range(0, 1024));
    command->callback([arguments, &context] { train(*arguments, context); });
}

} // namespace headroom::app
