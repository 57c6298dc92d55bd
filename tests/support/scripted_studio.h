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
    services.training = longTraining();
    services.runs = std::make_unique<EmptyRunStore>();
    services.listening = std::make_unique<ScriptedListening>();
    services.separation = std::make_unique<ScriptedSeparation>();
    services.dataset = std::make_unique<OneSongDataset>();
    services.weights = std::make_unique<ScriptedWeights>();
    return services;
}

} // namespace headroom::test
