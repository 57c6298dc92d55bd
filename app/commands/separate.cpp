// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/commands/model_source_options.h"
#include "app/display_text.h"
#include "app/print.h"
#include "app/progress_line.h"
#include "app/time_option.h"
#include "app/work_pace.h"
#include "core/engine/separate_songs.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <memory>
#include <string>

namespace headroom::app {
namespace {

struct Arguments {
    SeparationRequest request;
    bool json = false;
};

std::string nullTestText(double decibels) {
    return std::isinf(decibels) ? "no difference" : fmt::format("{:.1f} dB", decibels);
}

std::string describe(const SeparatedSong& song) {
    if (!song.error.empty())
        return fmt::format("{}: failed", printable(song.input));
    std::string text = fmt::format("{}:", printable(song.input));
    for (const std::string& output : song.outputs)
        text += "\n  " + printable(output);
    if (song.nullTestDecibels)
        text += "\n  null test (input minus all stems): " + nullTestText(*song.nullTestDecibels);
    if (song.clippedSamples > 0)
        text += fmt::format("\n  {} samples above full scale were clipped; --subtype FLOAT keeps them",
                            song.clippedSamples);
    return text;
}

nlohmann::ordered_json toJson(const SeparatedSong& song) {
    nlohmann::ordered_json json = {{"input", song.input}, {"seconds", song.seconds}};
    if (!song.error.empty()) {
        json["error"] = song.error;
        return json;
    }
    json["outputs"] = song.outputs;
    json["clipped_samples"] = song.clippedSamples;
    const bool differs = song.nullTestDecibels && std::isfinite(*song.nullTestDecibels);
    json["null_test_dB"] =
        differs ? nlohmann::ordered_json(*song.nullTestDecibels) : nlohmann::ordered_json();
    json["null_test_exact"] = song.nullTestDecibels && !differs;
    return json;
}

void printSummary(const SeparationSummary& summary, bool json) {
    if (json) {
        nlohmann::ordered_json songs = nlohmann::ordered_json::array();
        for (const SeparatedSong& song : summary.songs)
            songs.push_back(toJson(song));
        const nlohmann::ordered_json all = {{"weights", summary.weights},
                                            {"device", summary.device},
                                            {"batch_size", summary.batchSize},
                                            {"stopped", summary.stopped},
                                            {"songs", songs}};
        printJson(all.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
        return;
    }
    for (const SeparatedSong& song : summary.songs) {
        if (!song.error.empty())
            printError("headroom: not separated: {}\n", song.error);
    }
    if (summary.stopped)
        printError("headroom: stopped; {} finished songs are kept\n", summary.songs.size());
}

void separate(const Arguments& arguments, Context& context) {
    ProgressLine progress(arguments.json);
    const WorkPace pace;
    SeparationObserver observer;
    observer.onNotice = [&](const std::string& notice) { progress.print(notice); };
    observer.onProgress = [&](const SeparationState& state) {
        const std::string name = std::filesystem::path(state.input).filename().string();
        progress.show(fmt::format("song {} of {}: {}, {}", state.song, state.songs, name,
                                  pace.describe(state.secondsDone, state.seconds)));
    };
    observer.onSong = [&](const SeparatedSong& song) {
        if (arguments.json)
            return;
        progress.finish();
        print("{}\n", describe(song));
    };
    const SeparationSummary summary =
        separateFiles(arguments.request, context.interrupt.token("removing unfinished files"), observer);
    progress.finish();
    printSummary(summary, arguments.json);

    bool anyFailed = false;
    for (const SeparatedSong& song : summary.songs)
        anyFailed = anyFailed || !song.error.empty();
    context.exitCode = summary.stopped ? stoppedExitCode : anyFailed ? 1 : 0;
}

void addOutputOptions(CLI::App& command, SeparationRequest& request) {
    command.add_option("-o,--output", request.outputFolder, "Folder for the stems")->required();
    command
        .add_option(
            "--name", request.nameTemplate,
            "Path of a stem file in the folder, without extension; {file_name}: the song, {instr}: the "
            "stem, {dir_name}: the folder of the song, {model}: the weights file or run, {model_type}, "
            "{start_time}: seconds since 1970")
        ->capture_default_str();
    command
        .add_option("--stems", request.stems,
                    "Comma-separated stems to write; 'rest' is the input minus the stems")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->default_str("all and rest");
    command.add_option("--format", request.format, "wav, flac, or mp3 (320 kbit/s; 32, 44.1 or 48 kHz)")
        ->check(CLI::IsMember({"wav", "flac", "mp3"}))
        ->capture_default_str();
    command.add_option("--subtype", request.subtype, "PCM_16, PCM_24 or FLOAT")
        ->check(CLI::IsMember({"PCM_16", "PCM_24", "FLOAT"}))
        ->default_str("FLOAT in wav, PCM_24 in flac");
    command.add_flag("--overwrite", request.overwrite, "Replace existing files");
}

} // namespace

void addSeparateCommand(CLI::App& program, Context& context) {
    const auto arguments = std::make_shared<Arguments>();
    SeparationRequest& request = arguments->request;
    CLI::App* command = program.add_subcommand("separate", "Separate songs into stems");
    command->add_option("input", request.inputs, "Audio files, or folders with audio files")->required();
    command->add_flag("-r,--recursive", request.recursive,
                      "Also search subfolders; their stems go to subfolders of the same names");
    addTimeOption(*command, "--segment-start", request.startSeconds,
                  "Separate only a part of each song, from this time on: seconds or minutes:seconds");
    addTimeOption(*command, "--segment-end", request.endSeconds, "End of the part");
    addModelOptions(*command, request.model);
    addOutputOptions(*command, request);
    command->add_flag("--json", arguments->json, "Print one line of JSON: files written, null tests, errors");
    command->callback([arguments, &context] { separate(*arguments, context); });
}

} // namespace headroom::app
