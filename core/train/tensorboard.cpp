// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/tensorboard.h"

#include "core/audio/audio_file.h"
#include "core/config/config_file.h"
#include "core/config/option_table.h"
#include "core/config/option_value.h"
#include "core/session/run_paths.h"
#include "core/train/tensorboard_message.h"
#include "core/values/metric.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <sstream>
#include <system_error>
#include <unistd.h>

namespace headroom {
namespace {

std::string hostName() {
    std::array<char, 256> name{};
    ::gethostname(name.data(), name.size() - 1);
    return name.data();
}

/// A name for a new file. TensorBoard reads files in the order of their names; the number distinguishes
/// starts in the same second.
std::filesystem::path newFile(const std::filesystem::path& folder, EventTime time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    std::filesystem::path file;
    std::error_code error;
    int number = 0;
    do {
        file = folder /
               fmt::format("events.out.tfevents.{:010}.{}.{}.{}", seconds, hostName(), ::getpid(), number++);
    } while (std::filesystem::exists(file, error));
    return file;
}

void addIfKnown(std::vector<Scalar>& scalars, const std::string& tag, std::optional<double> value) {
    if (value)
        scalars.push_back({tag, *value});
}

std::vector<Scalar> scalarsOfStep(const StepDone& step) {
    std::vector<Scalar> scalars;
    addIfKnown(scalars, "loss/train", step.loss);
    addIfKnown(scalars, "lr", step.learningRate);
    addIfKnown(scalars, "grad_norm", step.gradNorm);
    addIfKnown(scalars, "speed/examples_per_second", step.examplesPerSecond);
    if (step.memory) {
        constexpr double gibibyte = 1 << 30;
        const auto add = [&](const char* tag, std::int64_t bytes) {
            scalars.push_back({tag, static_cast<double>(bytes) / gibibyte});
        };
        add("vram/allocated_GiB", step.memory->allocated);
        add("vram/reserved_GiB", step.memory->reserved);
        add("vram/peak_allocated_GiB", step.memory->peakAllocated);
    }
    return scalars;
}

std::vector<Scalar> scalarsOfValidation(const ValidationDone& validation) {
    std::vector<Scalar> scalars;
    for (const auto& [stem, score] : validation.stems) {
        for (const MetricInfo& metric : allMetrics())
            addIfKnown(scalars, fmt::format("metric/{}/{}", metric.name, stem), score.*metric.score);
    }
    return scalars;
}

std::int64_t stepOf(const TrainingEvent& event) {
    return std::visit(
        [](const auto& any) -> std::int64_t {
            if constexpr (requires { any.step; })
                return any.step;
            else
                return 0;
        },
        event);
}

/// A block of code in Markdown.
std::string codeOf(const std::string& text) {
    std::string code;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        code += "    " + line + "\n";
    return code;
}

/// The options that the model has, and where it trains.
RunParameters parametersOf(const RunConfig& config, const Started& started) {
    RunParameters parameters = {{"device", started.device}};
    for (const Option& option : optionTable()) {
        if (!option.appliesTo(config.model.kind))
            continue;
        const OptionValue value = option.get(config);
        if (const auto* whole = std::get_if<std::int64_t>(&value))
            parameters[option.key] = static_cast<double>(*whole);
        else if (const auto* real = std::get_if<double>(&value))
            parameters[option.key] = *real;
        else if (const auto* flag = std::get_if<bool>(&value))
            parameters[option.key] = *flag;
        else if (const auto* text = std::get_if<std::string>(&value))
            parameters[option.key] = *text;
        else
            parameters[option.key] = formatOptionValue(value);
    }
    return parameters;
}

} // namespace

std::vector<Scalar> scalarsOf(const TrainingEvent& event) {
    if (const auto* step = std::get_if<StepDone>(&event))
        return scalarsOfStep(*step);
    if (const auto* ranks = std::get_if<RanksDone>(&event))
        return {{"loss/update", ranks->loss}, {"speed/exchange_seconds", ranks->exchangeSeconds}};
    if (const auto* validation = std::get_if<ValidationDone>(&event))
        return scalarsOfValidation(*validation);
    return {};
}

TensorBoardWriter::TensorBoardWriter(const std::filesystem::path& folder, EventTime time)
    : folder_(folder), file_(newFile(folder, time), AppendFile::Open::OnlyNew) {
    file_.append(framed(versionMessage(time)));
}

void TensorBoardWriter::add(const TrainingEvent& event, EventTime time) {
    if (const auto* started = std::get_if<Started>(&event))
        addStart(*started, time);
    if (isEnd(event))
        file_.append(framed(endMessage(time, !std::holds_alternative<Failed>(event))));
    if (const auto* saved = std::get_if<AuditionSaved>(&event))
        addAudition(*saved, time);
    const std::vector<Scalar> scalars = scalarsOf(event);
    if (!scalars.empty())
        file_.append(framed(scalarsMessage(time, stepOf(event), scalars)));
}

void TensorBoardWriter::addStart(const Started& started, EventTime time) {
    file_.append(framed(startMessage(time, started.step + 1)));
    const std::filesystem::path config = RunPaths{folder_}.config();
    std::error_code error;
    if (!std::filesystem::exists(config, error))
        return;
    const RunConfig options = loadConfig(config.string());
    file_.append(framed(textMessage(time, "configuration", codeOf(dumpConfig(options)))));
    file_.append(framed(parametersMessage(time, parametersOf(options, started))));
}

void TensorBoardWriter::addAudition(const AuditionSaved& saved, EventTime time) {
    for (const std::string& stem : saved.stems) {
        const std::filesystem::path file =
            folder_ / saved.folder / (stem + fileExtension(AudioContainer::Flac));
        const AudioInfo info = AudioReader(file).info();
        const AudioBuffer audio = readAudioRange(file, 0, 0, 0, info.frames);
        file_.append(framed(audioMessage(time, saved.step, "audition/" + stem, audio, info.sampleRate)));
        if (audio.frames() > 0)
            file_.append(framed(imageMessage(time, saved.step, "spectrogram/" + stem,
                                             spectrogramPicture(audio, info.sampleRate))));
    }
}

} // namespace headroom
