#include "app/command.h"
#include "app/print.h"
#include "app/progress_line.h"
#include "core/config/scalar_text.h"
#include "core/demo/songs.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <string>

namespace headroom::app {
namespace {

struct Arguments {
    std::string folder;
    DemoOptions options;
    int songs = 8;
    bool json = false;
};

/// CLI11 itself would take -1 for the largest number.
std::string checkSeed(const std::string& text) {
    return parseInteger(text).value_or(-1) >= 0 ? "" : "must be a whole number, 0 to 9223372036854775807";
}

void writeSongs(Arguments& arguments, Context& context) {
    DemoOptions& options = arguments.options;
    options.testSongs = std::max(1, arguments.songs / 4);
    options.trainSongs = arguments.songs - options.testSongs;

    ProgressLine progress(arguments.json);
    const auto show = [&](int done, int total) {
        progress.show(fmt::format("song {} of {} written", done, total));
    };
    const bool whole = writeDemoSongs(arguments.folder, options, show, context.interrupt.token());
    progress.finish();
    if (!whole) {
        context.exitCode = stoppedExitCode;
        return;
    }
    if (arguments.json) {
        const nlohmann::ordered_json summary = {{"folder", arguments.folder},
                                                {"seed", options.seed},
                                                {"seconds", options.seconds},
                                                {"train", options.trainSongs},
                                                {"test", options.testSongs}};
        printJson(summary.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    } else {
        print("{} songs to train on and {} to test with, {} s each: {}\n", options.trainSongs,
              options.testSongs, options.seconds, arguments.folder);
    }
}

} // namespace

void addDemoCommand(CLI::App& program, Context& context) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand("demo", "Write songs with true stems, made by a synthesizer");
    command->add_option("folder", arguments->folder, "New or empty folder for the songs")->required();
    command->add_option("--seed", arguments->options.seed, "Other numbers, other songs")
        ->check(checkSeed)
        ->capture_default_str();
    command
        ->add_option("--songs", arguments->songs, "How many; a quarter of them, at least one, to test with")
        ->check(CLI::Range(2, 1000))
        ->capture_default_str();
    command->add_option("--seconds", arguments->options.seconds, "Length of each song")
        ->check(CLI::Range(4.0, 600.0))
        ->capture_default_str();
    command->add_flag("--json", arguments->json, "One line of JSON: folder, seed, seconds, train, test");
    command->callback([arguments, &context] { writeSongs(*arguments, context); });
}

} // namespace headroom::app
