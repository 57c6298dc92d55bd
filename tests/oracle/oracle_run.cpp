// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/oracle/oracle_run.h"

#include "core/cards/cards.h"
#include "core/config/config_file.h"
#include "core/forecast/forecaster.h"
#include "core/session/run_paths.h"
#include "core/values/event_json.h"
#include "tests/oracle/fake_card.h"
#include "tests/oracle/oracle.h"
#include "tests/support/step_config.h"

#include <QProcess>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <stdexcept>

namespace headroom::test {
namespace {

namespace fs = std::filesystem;

constexpr int epochs = 2;
constexpr int stepsPerEpoch = 3;

std::string textOf(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void raise(PhaseForecast& peaks, std::int64_t allocated, std::int64_t reserved) {
    peaks.peakAllocated = std::max(peaks.peakAllocated, allocated);
    peaks.peakReserved = std::max(peaks.peakReserved, reserved);
}

void takeEvents(RunOutcome& outcome, const std::string& journal) {
    for (const TimedEvent& timed : fromJsonLines(journal).events) {
        if (const auto* step = std::get_if<StepDone>(&timed.event)) {
            ++outcome.steps;
            raise(outcome.phases[static_cast<std::size_t>(RunPhase::Step)], step->memory->peakAllocated,
                  step->memory->peakReserved);
        } else if (const auto* done = std::get_if<PhaseDone>(&timed.event)) {
            for (const RunPhase phase : allRunPhases) {
                if (done->phase == runPhaseName(phase))
                    raise(outcome.phases[static_cast<std::size_t>(phase)], done->memory.peakAllocated,
                          done->memory.peakReserved);
            }
        } else if (std::holds_alternative<OutOfMemory>(timed.event)) {
            ++outcome.shortages;
        } else if (const auto* failed = std::get_if<Failed>(&timed.event)) {
            outcome.failure = failed->category;
        }
    }
}

void takeTrace(RunOutcome& outcome) {
    std::istringstream lines(outcome.allocations);
    for (std::int64_t bytes = 0, allocated = 0, reserved = 0; lines >> bytes >> allocated >> reserved;)
        raise(outcome.whole, allocated, reserved);
}

} // namespace

Forecast RunSetting::forecast() const {
    return headroom::forecast(
        {.config = config, .card = card, .allocator = allocator, .detail = ForecastDetail::Whole});
}

bool RunOutcome::survivedShortage() const {
    return exitCode == 0 ? shortages > 0 && steps == std::int64_t{epochs} * stepsPerEpoch
                         : exitCode == 1 && failure == "out_of_memory";
}

OracleRuns::OracleRuns() {
    constexpr int seconds = 17; // not a multiple of any segment
    for (const char* name : {"train/a", "train/b", "train/judge"})
        songs_.add(name, {.stems = {"drums", "vocals"},
                          .frames = std::int64_t{44100} * seconds,
                          .spec = {.sampleRate = 44100}});
}

RunSetting OracleRuns::draw(std::uint64_t seed) const {
    std::mt19937_64 generator(seed);
    const auto between = [&](int low, int high) {
        return std::uniform_int_distribution<int>(low, high)(generator);
    };
    RunSetting setting{.config = drawStepConfig(seed, StepSize::Large), .card = {}};
    RunConfig& config = setting.config;
    config.separation.chunkSeconds = between(10, 80) / 10.0;
    config.separation.overlap = between(0, 3) / 4.0;
    config.training.stepsPerEpoch = stepsPerEpoch;
    config.training.numEpochs = epochs;
    config.training.numWorkers = between(0, 4);
    config.separation.batchSize = 1;
    config.data.root = songs_.root().string();
    config.data.validation = std::vector<std::string>{"judge"};
    const std::vector<Card> cards = cardsOfEachArchitecture();
    setting.card = cards[seed % cards.size()];
    setting.card.contextLow = setting.card.contextHigh = 0;
    setting.allocator.expandableSegments = seed / cards.size() % 2 == 1;
    return setting;
}

RunOutcome OracleRuns::train(const RunSetting& setting, std::int64_t capacity) const {
    const QString run = path("run");
    fs::remove_all(run.toStdString());
    const QString config = path("config.yaml");
    std::ofstream(config.toStdString()) << dumpConfig(setting.config);
    RunOutcome outcome =
        start(setting, capacity, {"train", "--device", "cuda", "--config", config, "--run", run});
    takeEvents(outcome, textOf(RunPaths{run.toStdString()}.journal()));
    return outcome;
}

RunOutcome OracleRuns::separate(const RunSetting& setting, std::int64_t capacity) const {
    const QString song = QString::fromStdString(songs_.file("train/judge", "vocals").string());
    return start(setting, capacity,
                 {"separate", song, "--device", "cuda", "--run", path("run"), "--output", path("stems"),
                  "--overwrite"});
}

RunOutcome OracleRuns::start(const RunSetting& setting, std::int64_t capacity,
                             const QStringList& arguments) const {
    QProcessEnvironment environment = fakeCard(setting.card, capacity);
    const QString trace = path("trace");
    environment.insert("FAKECUDA_TRACE", trace);
    if (!setting.allocator.expandableSegments) // they are by default
        environment.insert("PYTORCH_CUDA_ALLOC_CONF", "expandable_segments:False");
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(HEADROOM_PROGRAM, arguments);
    constexpr int timeout = 600'000; // ms; only a hanging program takes as long
    if (!process.waitForFinished(timeout))
        process.kill();
    RunOutcome outcome;
    if (process.exitStatus() == QProcess::NormalExit)
        outcome.exitCode = process.exitCode();
    outcome.err = process.readAllStandardError().toStdString();
    outcome.allocations = textOf(trace.toStdString());
    takeTrace(outcome);
    return outcome;
}

} // namespace headroom::test
