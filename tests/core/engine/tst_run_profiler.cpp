// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/calibration_store.h"
#include "core/engine/expected_step_time.h"
#include "core/engine/forecast_now.h"
#include "core/engine/run_profiler.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <cmath>
#include <filesystem>

using namespace headroom;
namespace fs = std::filesystem;

/// Profiles of the first steps of a run, which later forecasts use.
class TestRunProfiler : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        folder_ = QTemporaryDir();
        qputenv("XDG_CACHE_HOME", folder_.path().toUtf8());
        fs::create_directory(run());
        request_ = {};
        request_.config.audio.segmentLength = 0.5;
        request_.config.model.hiddenDim = 32;
        request_.config.model.numLayers = 1;
        request_.config.training.batchSize = 1;
        request_.config.training.gradientAccumulationSteps = 2;
        request_.config.training.stepsPerEpoch = 100;
        request_.config.training.numEpochs = 7;
    }

    void nextForecastUsesProfile() {
        QVERIFY(!here().time);
        QCOMPARE(here().measurements, 0);
        const std::int64_t peak = here().phase(RunPhase::Step).peakAllocated;
        RunProfiler profiler = started();
        for (int i = 1; i <= 8; ++i)
            profiler.take(step(i, i == 1 ? 3 * peak : peak / 2));
        const Forecast forecast = here();
        QCOMPARE(forecast.measurements, 1);
        QVERIFY(std::abs(forecast.lastError - 1) < 1e-6);
        QVERIFY(forecast.time.has_value());
        // Two micro-batches of 0.3 s and an update of 0.05 s.
        QVERIFY(std::abs(forecast.time->step.seconds - 0.325) < 1e-9);
        QVERIFY(std::abs(forecast.time->epoch.seconds - 32.5) < 1e-6);
        QVERIFY(std::abs(forecast.time->run.seconds - 227.5) < 1e-6);
        QVERIFY(fs::exists(run() / "measured.json"));
        // Computed values are unchanged, and another configuration has no profile.
        QCOMPARE(forecast.phase(RunPhase::Step).peakAllocated, peak);
        request_.config.model.hiddenDim = 64;
        QCOMPARE(here().measurements, 0);
        QVERIFY(!here().time);
    }

    void skipsUnsteadySteps() {
        RunProfiler profiler = started();
        for (int i = 1; i <= 20; ++i) {
            if (i == 4)
                profiler.take(ValidationDone{});
            profiler.take(step(i, i == 4 ? 1 << 30 : 1 << 20));
        }
        QCOMPARE(record().runs.size(), 1U);
        QCOMPARE(record().runs[0].measuredPeak, 1 << 20);
    }

    void ignoresChangedRun() {
        for (const TrainingEvent& event : {TrainingEvent(OptionChanged{}), TrainingEvent(OutOfMemory{})}) {
            RunProfiler profiler = started();
            profiler.take(step(1, 1000));
            profiler.take(event);
            for (int i = 2; i <= 20; ++i)
                profiler.take(step(i, 1000));
            QVERIFY(record().runs.empty());
        }
    }

    void ignoresShortRun() {
        RunProfiler profiler = started();
        for (int i = 1; i <= 5; ++i)
            profiler.take(step(i, 1000));
        QVERIFY(record().runs.empty());
        QVERIFY(!fs::exists(run() / "measured.json"));
    }

    /// Their times and peaks are not those of the longest segments.
    void ignoresRandomLengths() {
        request_.config.audio.segmentShortening = 0.3;
        RunProfiler profiler = started();
        for (int i = 1; i <= 20; ++i)
            profiler.take(step(i, 1000));
        QVERIFY(record().runs.empty());
        QVERIFY(!fs::exists(run() / "measured.json"));
    }

    /// What the epochs of a run are compared with: its own first steps.
    void runsExpectTheTimeOfTheirFirstSteps() {
        QVERIFY(!expectedStepTime(request_.config, "cpu"));
        RunProfiler profiler = started();
        for (int i = 1; i <= 8; ++i)
            profiler.take(step(i, 1000));
        const auto expected = expectedStepTime(request_.config, "cpu");
        QVERIFY(expected && expected->source == TimeSource::Measured);
        QVERIFY(std::abs(expected->step.seconds - 0.325) < 1e-9);
        // Of segments of the full length, while the forecast is of those of the run.
        request_.config.audio.segmentShortening = 0.4;
        QCOMPARE(expectedStepTime(request_.config, "cpu")->step.seconds, expected->step.seconds);
        QVERIFY(std::abs(here().time->step.seconds - 0.8 * 0.325) < 1e-9);
        QVERIFY(!expectedStepTime(request_.config, "no device"));
        request_.config.training.batchSize = -1;
        QVERIFY(!expectedStepTime(request_.config, "cpu"));
    }

    void doesNotThrowOnWriteError() {
        fs::remove_all(run());
        RunProfiler profiler = started();
        for (int i = 1; i <= 20; ++i)
            profiler.take(step(i, 1000)); // throws nothing
    }

private:
    fs::path run() const { return fs::path(folder_.path().toStdString()) / "run"; }
    static MachineRecord record() {
        return readMachineRecord(machineRecordPath(calibrationName(cardNamed("cpu"))));
    }
    Forecast here() const { return forecastNow({.config = request_.config, .card = cardNamed("cpu")}); }

    RunProfiler started() const {
        RunProfiler profiler(request_);
        profiler.take(Started{.runFolder = run().string(), .device = "cpu"});
        return profiler;
    }

    static StepDone step(int number, std::int64_t peak) {
        StepDone done{.step = number, .forwardSeconds = 0.1, .backwardSeconds = 0.2};
        if (number % 2 == 0) {
            done.gradNorm = 1;
            done.updateSeconds = 0.05;
        }
        done.memory = MemoryUse{.peakAllocated = peak};
        return done;
    }

    QTemporaryDir folder_;
    TrainingRequest request_;
};

HEADROOM_TEST_MAIN(TestRunProfiler)
#include "tst_run_profiler.moc"
