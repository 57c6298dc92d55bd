// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/config/config_file.h"
#include "core/engine/forecast_now.h"
#include "core/engine/services.h"
#include "core/engine/start_engine.h"
#include "tests/support/answers.h"
#include "tests/support/strict_main.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

using namespace headroom;

namespace {

RunConfig tinyConfig() {
    RunConfig config = loadConfig(HEADROOM_SOURCE_DIR "/configs/demo.yaml");
    config.audio.segmentLength = 0.5;
    config.training.batchSize = 1;
    config.training.gradientAccumulationSteps = 5;
    return config;
}

ProfileAnswer profile(const RunConfig& config) {
    test::Answers<ProfileAnswer> answers;
    const auto service = makeProfileService();
    service->measure(7, config, "cpu", answers.sink());
    return answers.awaitOne().value();
}

} // namespace

class TestProfileWorker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        at::set_num_threads(1);
        startEngine();
    }

    /// A real step on the CPU has the phases and the peak of its forecast.
    void stepMatchesForecast() {
        const RunConfig config = tinyConfig();
        const auto answer = std::get<StepProfiled>(profile(config));
        QCOMPARE(answer.number, std::uint64_t(7));
        const StepProfile& step = answer.step;
        const Forecast forecast = forecastNow({.config = config, .card = cpuCard()});
        QCOMPARE(step.device, std::string("cpu"));
        const double error = static_cast<double>(forecast.peakAllocated - step.peakAllocated) /
                             static_cast<double>(step.peakAllocated);
        QVERIFY2(std::abs(error) < 0.005, qPrintable(QString::number(error)));
        std::vector<std::string> phases;
        for (const ProfilePhase& phase : step.phases)
            phases.push_back(phase.phase);
        QCOMPARE(phases, (std::vector<std::string>{"forward", "backward", "forward", "backward", "forward",
                                                   "backward", "update"}));
        QCOMPARE(step.points.size(), static_cast<std::size_t>(step.events));
        QVERIFY(std::ranges::is_sorted(step.points, {}, &ProfilePoint::event));
    }

    void reportsInvalidConfiguration() {
        RunConfig config = tinyConfig();
        config.model.headdim = 7;
        QVERIFY(!std::get<StepNotProfiled>(profile(config)).error.message().empty());
    }

    void canceledRequestEmitsNothing() {
        test::Answers<ProfileAnswer> answers;
        {
            const auto service = makeProfileService();
            service->measure(1, tinyConfig(), "cpu", answers.sink());
            service->cancel(1);
            service->measure(2, tinyConfig(), "cpu", answers.sink());
            QCOMPARE(std::get<StepProfiled>(answers.awaitOne().value()).number, std::uint64_t(2));
        }
        QCOMPARE(answers.soFar().size(), std::size_t(1));
    }
};

HEADROOM_TEST_MAIN(TestProfileWorker)
#include "tst_profile_worker.moc"
