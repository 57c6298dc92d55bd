// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/print.h"
#include "app/progress_line.h"
#include "app/real_range.h"
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

/// CLI11 would read -1 as the largest unsigned number.
std::string checkSeed(const std::string& text) {
    return parseInteger(text).value_or(-1) >= 0 ? "" : "must be a whole number from 0 to 9223372036854775807";
}

void writeSongs(Arguments& arguments, Context& context) {
    DemoOptions& options = arguments.options;
    options.testSongs = std::max(1, arguments.songs / 4);
    options.trainSongs = arguments.songs - options.testSongs;

    ProgressLine progress(arguments.json);
    const auto show = [&](int done, int total) {
        progress.show(fmt::format("song {} of {} written", done, total));
    };
    const bool completed = writeDemoSongs(arguments.folder, options, show, context.interrupt.token());
    progress.finish();
    if (!completed) {
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
        const auto songs = [](int count) { return count == 1 ? "song" : "songs"; };
        print("{} training {} and {} test {} of {} s: {}\n", options.trainSongs, songs(options.trainSongs),
              options.testSongs, songs(options.testSongs), options.seconds, arguments.folder);
    }
}

} // namespace

void addDemoCommand(CLI::App& program, Context& context) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand("demo", "Write synthesized songs with stems, to train on");
    command->add_option("folder", arguments->folder, "New or empty folder for the songs")->required();
    command->add_option("--seed", arguments->options.seed, "Random seed: other numbers give other songs")
        ->check(checkSeed)
        ->capture_default_str();
    command
        ->add_option("--songs", arguments->songs,
                     "Number of songs; a quarter of them, at least one, are test songs")
        ->check(CLI::Range(2, 1000))
        ->capture_default_str();
    command->add_option("--seconds", arguments->options.seconds, "Length of each song")
        ->check(realRange(4.0, 600.0))
        ->capture_default_str();
    command->add_flag("--json", arguments->json,
                      "Print one line of JSON: folder, seed, seconds, train, test");
    command->callback([arguments, &context] { writeSongs(*arguments, context); });
}

} // namespace headroom::app
