// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/config/config_file.h"
#include "core/config/model_kind.h"
#include "core/forecast/separation_memory.h"
#include "core/model/band_split_model.h"
#include "core/weights/safetensors.h"
#include "tests/oracle/oracle.h"
#include "tests/oracle/oracle_run.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>
#include <fmt/format.h>

#include <cstdlib>

using namespace headroom;
using test::RunOutcome;
using test::RunSetting;

namespace {

std::string textOf(const PhaseForecast& peaks) {
    return fmt::format("{} allocated, {} reserved", peaks.peakAllocated, peaks.peakReserved);
}

} // namespace

/// Compares forecasts with whole runs of the program on LibTorch's real CUDA code: `bench_accuracy --runs`
/// does the same for more configurations.
class TestRunMemory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// One configuration per architecture, half of them with expandable segments.
    void everyPhaseEqualsItsForecast() {
        constexpr std::uint64_t settings = 4;
        const std::uint64_t seed = test::chosenSeed();
        for (std::uint64_t i = 0; i < settings; ++i) {
            compare(runs_.draw(seed + 5 * i)); // changes the card and, every time, the allocator
            if (QTest::currentTestFailed())
                return;
        }
    }

    /// In fp32 kernels compute the parts around the scan, here with sides that need padding.
    void mixersInFloatEqualTheirForecast() {
        RunSetting setting = runs_.draw(test::chosenSeed());
        ModelConfig& model = setting.config.model;
        if (model.kind != ModelKind::BsMamba2)
            changeModelKind(setting.config, ModelKind::BsMamba2);
        setting.config.training.precision = Precision::Fp32;
        model.hiddenDim = 48;
        model.expand = 2;
        model.headdim = 32;
        model.kernels = Kernels::Auto;
        setting.card = findCard("RTX 4090").value();
        setting.card.contextLow = setting.card.contextHigh = 0;
        compare(setting);
    }

    /// Neither the weights that it starts from nor its checkpoints take device memory.
    void fineTuningEqualsItsForecast() {
        RunSetting setting = runs_.draw(test::chosenSeed());
        const QTemporaryDir folder;
        TrainingConfig& training = setting.config.training;
        training.initFrom = folder.filePath(QStringLiteral("base.safetensors")).toStdString();
        training.loraRank = 8;
        training.freeze = {"layers.0"};
        TensorMap weights;
        const BandSplitModel base(modelShape(setting.config), at::kCPU, at::kFloat, 1);
        for (const auto& [name, value] : base.parameters().entries())
            weights[name] = value.detach();
        writeSafetensors(training.initFrom, weights);
        compare(setting);
    }

    /// A run completes with exactly the forecast memory, and reports a shortage with 1 % less.
    void completesWithForecastMemoryAndNotWithLess() {
        const RunSetting setting = runs_.draw(test::chosenSeed());
        const std::int64_t least = setting.forecast().minimumCapacity;
        const RunOutcome exact = runs_.train(setting, least);
        QVERIFY2(exact.completed(), exact.err.c_str());
        const RunOutcome less = runs_.train(setting, least / 100 * 99);
        QVERIFY(!less.completed());
        QVERIFY2(less.survivedShortage(), less.err.c_str());
    }

    /// The threads that load data do not affect the allocations.
    void runsOfOneSettingAllocateTheSame() {
        RunSetting setting = runs_.draw(test::chosenSeed());
        setting.config.training.numWorkers = 4;
        const RunOutcome first = runs_.train(setting, test::plenty);
        setting.config.training.numWorkers = 0;
        const RunOutcome second = runs_.train(setting, test::plenty);
        QVERIFY(first.allocations.size() > 1000);
        QVERIFY(first.allocations == second.allocations);
    }

    void separationEqualsItsForecast() {
        const RunSetting setting = runs_.draw(test::chosenSeed());
        QVERIFY(runs_.train(setting, test::plenty).completed());
        const RunOutcome outcome = runs_.separate(setting, test::plenty);
        QVERIFY2(outcome.exitCode == 0, outcome.err.c_str());
        const PhaseForecast forecast = setting.forecast().separation;
        QVERIFY2(outcome.whole == forecast,
                 fmt::format("forecast {}, measured {}\n{}\n{}", textOf(forecast), textOf(outcome.whole),
                             setting.card.name, dumpConfig(setting.config))
                     .c_str());
    }

    /// Batches of a given size, and the automatic one. The last batch of a song is smaller: small blocks of
    /// other sizes may take a few more pages of 2 MiB (three have been seen).
    void separationInBatchesEqualsItsForecast() {
        RunSetting setting = runs_.draw(test::chosenSeed());
        setting.config.separation.overlap = 0.75;
        setting.config.separation.chunkSeconds = 1;
        for (const int batch : {2, 5, 0}) {
            setting.config.separation.batchSize = batch;
            QVERIFY(runs_.train(setting, test::plenty).completed());
            const RunOutcome outcome = runs_.separate(setting, test::plenty);
            QVERIFY2(outcome.exitCode == 0, outcome.err.c_str());
            RunSetting used = setting;
            used.config.separation.batchSize = batch > 0 ? batch : largestAutomaticBatch;
            const PhaseForecast forecast = used.forecast().separation;
            const std::string text =
                fmt::format("batch {}: forecast {}, measured {}\n{}\n{}", batch, textOf(forecast),
                            textOf(outcome.whole), setting.card.name, dumpConfig(setting.config));
            QVERIFY2(outcome.whole.peakAllocated == forecast.peakAllocated, text.c_str());
            constexpr std::int64_t pages = std::int64_t{10} << 20;
            QVERIFY2(std::abs(outcome.whole.peakReserved - forecast.peakReserved) <= pages, text.c_str());
        }
    }

private:
    void compare(const RunSetting& setting) const {
        const Forecast forecast = setting.forecast();
        const RunOutcome outcome = runs_.train(setting, test::plenty);
        QVERIFY2(outcome.completed(), outcome.err.c_str());
        QCOMPARE(outcome.steps, std::int64_t(6));
        const std::string text = setting.card.name + "\n" + dumpConfig(setting.config);
        for (const RunPhase phase : allRunPhases) {
            const PhaseForecast& measured = outcome.phases[static_cast<std::size_t>(phase)];
            fmt::print("{}, {}: {}\n", setting.card.name, runPhaseName(phase), textOf(measured));
            QVERIFY2(forecast.phase(phase) == measured,
                     fmt::format("{}: forecast {}, measured {}\n{}", runPhaseName(phase),
                                 textOf(forecast.phase(phase)), textOf(measured), text)
                         .c_str());
        }
        QVERIFY2((outcome.whole == PhaseForecast{forecast.peakAllocated, forecast.peakReserved}),
                 text.c_str());
    }

    test::OracleRuns runs_;
};

HEADROOM_TEST_MAIN(TestRunMemory)
#include "tst_run_memory.moc"
