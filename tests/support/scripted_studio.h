// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/training_thread.h"
#include "tests/support/scripted_forecast_service.h"
#include "tests/support/scripted_listening.h"
#include "tests/support/scripted_loop.h"
#include "ui/window/window_services.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace headroom::test {

class EmptyRunStore final : public RunStore {
public:
    void list(std::uint64_t number, std::vector<std::string>,
              std::function<void(const RunList&)> answer) override {
        answer({number, {}});
    }
    void read(std::uint64_t number, const std::string&, std::uint64_t,
              std::function<void(const RunPiece&)> answer) override {
        answer({.number = number, .last = true});
    }
    void cancel(std::uint64_t) override {}
};

class OneSongDataset final : public DatasetService {
public:
    void inspect(std::uint64_t number, const std::string& root, const std::vector<std::string>&,
                 std::function<void(const DatasetEvent&)> sink) override {
        sink(DatasetInspected{number, {root, {{"amber", "train", {}, {}}}, {}}});
    }
    void composeDemoSongs(std::uint64_t number, const std::string& folder,
                          std::function<void(const DatasetEvent&)> sink) override {
        sink(DemoSongsComposed{number, folder});
    }
    void cancel(std::uint64_t) override {}
};

/// Answers immediately, with one file and a notice.
class ScriptedWeights final : public WeightsService {
public:
    void exportWeights(const ExportRequest& request,
                       std::function<void(const WeightsExported&)> answer) override {
        requests.push_back(request);
        WeightsExported exported;
        exported.problem = problem;
        if (problem.empty()) {
            exported.report.weights = "the checkpoint of step 8";
            exported.report.files = {request.output};
            exported.report.notices = {"<b>a notice</b>"};
        }
        answer(exported);
    }

    std::vector<ExportRequest> requests;
    std::string problem;
};

/// Answers when the test calls `sink`.
class ManualOverfit final : public OverfitService {
public:
    void start(std::uint64_t which, const OverfitRequest& request,
               std::function<void(const OverfitEvent&)> events) override {
        number = which;
        requests.push_back(request);
        sink = std::move(events);
    }
    void cancel(std::uint64_t which) override { canceled = which; }

    std::uint64_t number = 0;
    std::uint64_t canceled = 0;
    std::vector<OverfitRequest> requests;
    std::function<void(const OverfitEvent&)> sink;
};

/// A recording of two blocks that fits cards of more than 1 GiB, and the smaller ones with expandable
/// segments. Answers immediately.
class ScriptedSnapshots final : public SnapshotService {
public:
    void replay(std::uint64_t number, const SnapshotReplayRequest& request,
                std::function<void(const SnapshotAnswer&)> answer) override {
        requests.push_back(request);
        if (!problem.empty())
            return answer(SnapshotFailed{number, Error(ErrorKind::Input, problem, request.file)});
        const bool fits = request.card.capacity > std::int64_t{1} << 30;
        SnapshotReplay replay{.entries = 4, .recordedRequested = 700 << 20, .notices = {"<b>a notice</b>"}};
        replay.settings = {{{}, 700 << 20, 900 << 20, 1100 << 20, fits ? Verdict::Fits : Verdict::DoesNotFit},
                           {{.expandableSegments = true}, 700 << 20, 700 << 20, 900 << 20, Verdict::Fits}};
        replay.best = fits ? 0 : 1;
        replay.events = 3;
        replay.peakEvent = 1;
        for (const std::int64_t bytes : {200 << 20, 700 << 20, 500 << 20})
            replay.timeline.push_back({.event = std::ssize(replay.timeline),
                                       .parts = {0, 0, 0, 0, 0, 0, 0, bytes},
                                       .reserved = 700 << 20});
        replay.timeline.back().free = {.blocks = 3, .largest = 100 << 20};
        replay.tensors = {.lives = {{.owner = 0, .bytes = 200 << 20, .end = 2},
                                    {.owner = 1, .bytes = 500 << 20, .begin = 1, .end = 3}},
                          .owners = {{"main (a.py:1)", "f (a.py:2)"}, {"main (a.py:1)", "g (a.py:3)"}},
                          .hasParts = false};
        answer(SnapshotReplayed{number, std::move(replay)});
    }
    void write(std::uint64_t number, const ForecastRequest& request, const std::string& path,
               std::function<void(const SnapshotAnswer&)> answer) override {
        writes.emplace_back(request, path);
        if (!problem.empty())
            return answer(SnapshotFailed{number, Error(ErrorKind::Input, problem, path)});
        answer(SnapshotWritten{number, {.entries = 4, .peakReserved = writtenPeak}});
    }

    std::vector<SnapshotReplayRequest> requests;
    std::vector<std::pair<ForecastRequest, std::string>> writes;
    std::int64_t writtenPeak = std::int64_t{1} << 40;
    std::string problem;
};

/// Runs of 100,000 short steps.
inline std::unique_ptr<TrainingSession> longTraining(const std::string& device = {}) {
    std::vector<TrainingEvent> script = {Started{.device = device, .totalSteps = 100000}};
    for (int i = 1; i <= 100000; ++i)
        script.emplace_back(StepDone{.step = i, .epoch = 1, .loss = 1.0 / i});
    return std::make_unique<TrainingThread>(
        std::make_unique<ScriptedLoop>(std::move(script), std::chrono::milliseconds(1)));
}

/// Services for the window without the engine: immediate forecasts, long runs, one song.
inline ui::Services scriptedServices() {
    auto forecast = std::make_unique<ScriptedForecastService>();
    forecast->prompt = true;
    ui::Services services;
    services.forecast = std::move(forecast);
    services.snapshots = std::make_unique<ScriptedSnapshots>();
    services.training = longTraining();
    services.overfit = std::make_unique<ManualOverfit>();
    services.auditions = std::make_unique<ScriptedListening>();
    services.runs = std::make_unique<EmptyRunStore>();
    services.listening = std::make_unique<ScriptedListening>();
    services.separation = std::make_unique<ScriptedSeparation>();
    services.dataset = std::make_unique<OneSongDataset>();
    services.weights = std::make_unique<ScriptedWeights>();
    return services;
}

} // namespace headroom::test
