// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/commands/model_source_options.h"
#include "app/display_text.h"
#include "app/print.h"
#include "app/progress_line.h"
#include "app/work_pace.h"
#include "core/config/metric_keys.h"
#include "core/engine/evaluation.h"
#include "core/values/metric.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <string_view>

namespace headroom::app {
namespace {

using Json = nlohmann::ordered_json;

struct Arguments {
    EvaluationRequest request;
    std::vector<std::string> metrics;
    bool json = false;
};

Json toJson(const std::optional<double>& score) {
    return score && std::isfinite(*score) ? Json(*score) : Json();
}

Json toJson(const StemScore& score, const std::vector<Metric>& metrics) {
    Json json;
    for (const Metric metric : metrics)
        json[metricInfo(metric).name] = toJson(score.*metricInfo(metric).score);
    return json;
}

Json estimateToJson(const StemEvaluation& stem, const std::vector<Metric>& metrics) {
    Json json = toJson(stem.estimate, metrics);
    if (stem.full) {
        json["SDR"] = toJson(stem.full->sdr);
        json["ISR"] = toJson(stem.full->isr);
        json["SIR"] = toJson(stem.full->sir);
        json["SAR"] = toJson(stem.full->sar);
    }
    return json;
}

/// Adds "stems", "mixture" and "silence", each an object keyed by stem.
void addStems(Json& json, const std::vector<StemEvaluation>& stems, const std::vector<Metric>& metrics) {
    for (const char* row : {"stems", "mixture", "silence"})
        json[row] = Json::object();
    for (const StemEvaluation& stem : stems) {
        json["stems"][stem.stem] = estimateToJson(stem, metrics);
        json["mixture"][stem.stem] = toJson(stem.mixture, metrics);
        json["silence"][stem.stem] = toJson(stem.silence, metrics);
    }
}

std::string evaluationJson(const Evaluation& evaluation, bool full) {
    Json json;
    addStems(json, evaluation.stems, evaluation.metrics);
    json["songs"] = Json::array();
    for (const SongEvaluation& song : evaluation.songs) {
        Json entry = {{"song", song.song}, {"seconds", song.seconds}};
        addStems(entry, song.stems, evaluation.metrics);
        json["songs"].push_back(std::move(entry));
    }
    if (!evaluation.leftOut.empty())
        json["left_out"] = evaluation.leftOut;
    for (const ScoreDefinition& definition : scoreDefinitions(evaluation.metrics, full))
        json["definitions"][definition.name] = definition.text;
    json["weights"] = evaluation.weights;
    json["device"] = evaluation.device;
    json["split"] = evaluation.split;
    json["sample_rate"] = evaluation.sampleRate;
    json["channels"] = evaluation.channels;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Width of the column of a score.
std::size_t widthOf(std::string_view name) {
    constexpr std::size_t least = 9;
    return std::max(least, name.size() + 2);
}

std::string cell(const std::optional<double>& score, std::size_t width = widthOf({})) {
    return score ? fmt::format("{:{}.2f}", *score, width) : fmt::format("{:>{}}", "-", width);
}

std::string cells(const StemScore& score, const std::vector<Metric>& metrics) {
    std::string text;
    for (const Metric metric : metrics)
        text += cell(score.*metricInfo(metric).score, widthOf(metricInfo(metric).name));
    return text;
}

void printTable(const std::string& title, const std::vector<StemEvaluation>& stems,
                const std::vector<Metric>& metrics) {
    print("{}\n", printable(title));
    for (const StemEvaluation& stem : stems) {
        std::string row = fmt::format("  {:<24}", stem.stem) + cells(stem.estimate, metrics);
        if (stem.full)
            row += cell(stem.full->sdr) + cell(stem.full->isr) + cell(stem.full->sir) + cell(stem.full->sar);
        print("{}\n  {:<24}{}\n  {:<24}{}\n", row, "  untouched mixture", cells(stem.mixture, metrics),
              "  silence", cells(stem.silence, metrics));
    }
}

void printTables(const Evaluation& evaluation, bool full) {
    print("  {:<24}", "");
    for (const Metric metric : evaluation.metrics)
        print("{:>{}}", metricInfo(metric).name, widthOf(metricInfo(metric).name));
    if (full)
        print("{:>9}{:>9}{:>9}{:>9}", "SDR", "ISR", "SIR", "SAR");
    print("\n");
    for (const SongEvaluation& song : evaluation.songs)
        printTable(song.song, song.stems, evaluation.metrics);
    std::string title = fmt::format("{} {} of the {} split", evaluation.songs.size(),
                                    evaluation.songs.size() == 1 ? "song" : "songs", evaluation.split);
    if (!evaluation.leftOut.empty())
        title += fmt::format(", {} left out", evaluation.leftOut.size());
    printTable(title, evaluation.stems, evaluation.metrics);
    print("\n");
    for (const ScoreDefinition& definition : scoreDefinitions(evaluation.metrics, full))
        print("{}: {}\n", definition.name, definition.text);
    print("weights: {}, on {}, at {} Hz and {}\n", evaluation.weights, evaluation.device,
          evaluation.sampleRate, evaluation.channels == 1 ? "one channel" : "two channels");
}

void evaluateSplit(const Arguments& arguments, Context& context) {
    ProgressLine progress(arguments.json);
    const WorkPace pace;
    EvaluationObserver observer;
    observer.onNotice = [&](const std::string& notice) { progress.print(notice); };
    observer.onProgress = [&](const EvaluationState& state) {
        progress.show(fmt::format("song {} of {}: {}, {}", state.song, state.songs, state.name,
                                  pace.describe(state.secondsDone, state.seconds)));
    };
    observer.onSong = [](const SongEvaluation&) {};
    const Evaluation evaluation =
        evaluate(arguments.request, context.interrupt.token("ending the computation"), observer);
    progress.finish();
    if (evaluation.stopped) {
        printError("headroom: stopped after {} songs; scores of an incomplete split are not reported\n",
                   evaluation.songs.size());
        context.exitCode = stoppedExitCode;
        return;
    }
    const bool full = arguments.request.full || !arguments.request.musevalFolder.empty();
    if (arguments.json)
        printJson(evaluationJson(evaluation, full));
    else
        printTables(evaluation, full);
    context.exitCode = evaluation.leftOut.empty() ? 0 : 1;
}

} // namespace

void addEvaluateCommand(CLI::App& program, Context& context) {
    const auto arguments = std::make_shared<Arguments>();
    EvaluationRequest& request = arguments->request;
    CLI::App* command = program.add_subcommand(
        "evaluate", "Score weights on the songs of a data set: cSDR, uSDR, SI-SDR and other metrics");
    addModelOptions(*command, request.model);
    command->add_option("--data", request.data, "Data set with ground-truth stems")->required();
    command->add_option("--split", request.split, "test, train or validation")
        ->check(CLI::IsMember({"test", "train", "validation"}))
        ->capture_default_str();
    command
        ->add_option(
            "--metrics", arguments->metrics,
            "Metrics besides csdr, usdr and si_sdr: log_wmse, l1_freq, bleedless, fullness; of all, a "
            "higher value is better")
        ->delimiter(',');
    command->add_flag("--full", request.full, "Add SDR, ISR, SIR and SAR of BSSEval v4");
    command->add_option("--museval", request.musevalFolder,
                        "Write JSON files in museval's format to this folder, and a table of all songs, "
                        "SPLIT.csv (implies --full)");
    command->add_flag(
        "--json", arguments->json,
        "Print one line of JSON: stems, mixture, silence, songs, and left_out if there are such songs");
    command->callback([arguments, &context] {
        arguments->request.metrics = metricsNamed(arguments->metrics, "--metrics");
        evaluateSplit(*arguments, context);
    });
}

} // namespace headroom::app
