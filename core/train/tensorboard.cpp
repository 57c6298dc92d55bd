// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/tensorboard.h"

#include "core/audio/audio_file.h"
#include "core/train/tensorboard_message.h"
#include "core/values/metric.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
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
        file_.append(framed(startMessage(time, started->step + 1)));
    if (const auto* saved = std::get_if<AuditionSaved>(&event))
        addAudition(*saved, time);
    const std::vector<Scalar> scalars = scalarsOf(event);
    if (!scalars.empty())
        file_.append(framed(scalarsMessage(time, stepOf(event), scalars)));
}

void TensorBoardWriter::addAudition(const AuditionSaved& saved, EventTime time) {
    for (const std::string& stem : saved.stems) {
        const std::filesystem::path file =
            folder_ / saved.folder / (stem + fileExtension(AudioContainer::Flac));
        const AudioInfo info = AudioReader(file).info();
        const AudioBuffer audio = readAudioRange(file, 0, 0, 0, info.frames);
        file_.append(framed(audioMessage(time, saved.step, "audition/" + stem, audio, info.sampleRate)));
    }
}

} // namespace headroom
