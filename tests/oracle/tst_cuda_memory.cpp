// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/allocator/minimum_capacity.h"
#include "core/config/config_file.h"
#include "core/forecast/fit_search.h"
#include "core/forecast/forecaster.h"
#include "core/forecast/simulation.h"
#include "core/forecast/step_recording.h"
#include "tests/oracle/oracle.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/step_config.h"
#include "tests/support/strict_main.h"

#include <fmt/format.h>

using namespace headroom;
using test::Peaks;
using test::plenty;

namespace {

/// As the program runs by default.
constexpr AllocatorSettings expandable{.expandableSegments = true};

/// Peaks of two updates, as the oracle runs them.
Peaks forecastPeaks(RunConfig config, const Card& card, const AllocatorSettings& settings, int ranks) {
    config.training.stepsPerEpoch = 2 * config.training.gradientAccumulationSteps;
    const Recording recording = recordSteps(config, card, ScanForm::OfDevice, Repetition::Deduplicate, ranks);
    const auto statistics = replay(recording.stream, {.capacity = plenty, .settings = settings}).statistics;
    return {statistics.allocatedPeak, statistics.reservedPeak};
}

} // namespace

/// Compares forecasts with LibTorch's real CUDA code on the fake runtime.
class TestCudaMemory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Weights and state leave the card, to the byte.
    void pauseLeavesWhatIsForecast() {
        for (const char* file : {"demo.yaml", "bs-roformer-musdb18.yaml"}) {
            const RunConfig config = loadConfig(std::string(HEADROOM_SOURCE_DIR "/configs/") + file);
            for (const AllocatorSettings& settings : {AllocatorSettings{}, expandable}) {
                const Card card = test::cardsOfEachArchitecture().front();
                const PhaseForecast left =
                    forecast({.config = config, .card = card, .allocator = settings}).paused;
                const Peaks measured = oracle_.paused(config, card, settings);
                const std::string text =
                    fmt::format("forecast {} {}, measured {} {}", left.peakAllocated, left.peakReserved,
                                measured.allocated, measured.reserved);
                QVERIFY2((measured == Peaks{left.peakAllocated, left.peakReserved}), text.c_str());
                fmt::print("{}: {}\n", file, text);
            }
        }
    }

    void presets_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("card");
        const QStringList files = {"paper.yaml",
                                   "guide-before.yaml",
                                   "guide-after.yaml",
                                   "demo.yaml",
                                   "paper-3gib.yaml",
                                   "paper-4gib.yaml",
                                   "paper-6gib.yaml",
                                   "paper-8gib.yaml",
                                   "bs-roformer-12gib.yaml",
                                   "mel-band-roformer-16gib.yaml",
                                   "paper-24gib.yaml",
                                   "paper-32gib.yaml"};
        for (int i = 0; i < files.size(); ++i)
            QTest::addRow("%s", qPrintable(files[i])) << files[i] << i % 4;
    }
    void presets() {
        QFETCH(QString, file);
        QFETCH(int, card);
        compare(loadConfig((HEADROOM_SOURCE_DIR "/configs/" + file).toStdString()),
                test::cardsOfEachArchitecture()[static_cast<std::size_t>(card)]);
    }

    /// With the bucket of the sum over ranks.
    void oneOfSeveralRanks_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("ranks");
        QTest::newRow("demo, 2 ranks") << "demo.yaml" << 2;
        QTest::newRow("paper-8gib, 2 ranks") << "paper-8gib.yaml" << 2;
        QTest::newRow("paper-4gib, 4 ranks") << "paper-4gib.yaml" << 4;
        QTest::newRow("bs-roformer-12gib, 2 ranks") << "bs-roformer-12gib.yaml" << 2;
    }
    void oneOfSeveralRanks() {
        QFETCH(QString, file);
        QFETCH(int, ranks);
        RunConfig config = loadConfig((HEADROOM_SOURCE_DIR "/configs/" + file).toStdString());
        config.training.gradientAccumulationSteps = 2 * ranks;
        for (const bool isExpandable : {true, false})
            compare(config, findCard("RTX 4090").value(), {.expandableSegments = isExpandable}, ranks);
    }

    void fixedSegments_data() {
        QTest::addColumn<QString>("file");
        for (const char* file : {"paper-80gib.yaml", "paper-8gib.yaml", "paper-6gib.yaml", "paper-4gib.yaml"})
            QTest::newRow(file) << file;
    }
    void fixedSegments() {
        QFETCH(QString, file);
        compare(loadConfig((HEADROOM_SOURCE_DIR "/configs/" + file).toStdString()),
                findCard("RTX 4090").value(), {});
    }

    void proposedFitsRunWithoutOutOfMemory_data() {
        QTest::addColumn<int>("gibibytes");
        for (const int gibibytes : {6, 8, 12, 16, 24})
            QTest::addRow("%d GiB", gibibytes) << gibibytes;
    }
    void proposedFitsRunWithoutOutOfMemory() {
        QFETCH(int, gibibytes);
        ForecastRequest request{.config = loadConfig(HEADROOM_SOURCE_DIR "/configs/paper.yaml"),
                                .card = findCard("RTX 4090").value()};
        request.card.capacity = std::int64_t{gibibytes} << 30;
        const std::vector<Fit> fits = searchFits(request).value();
        QVERIFY(!fits.empty());
        QVERIFY(oracle_.run(fits.front().config, request.card,
                            request.card.capacity - request.card.contextHigh, expandable));
    }

    void randomConfigurations() {
        constexpr std::uint64_t configs = 32;
        const std::uint64_t seed = test::chosenSeed();
        const std::vector<Card> all = test::cardsOfEachArchitecture();
        for (std::uint64_t i = 0; i < configs; ++i) {
            compare(test::drawStepConfig(seed + i, test::StepSize::Large), all[i % all.size()],
                    {.expandableSegments = i / all.size() % 2 == 0});
            if (QTest::currentTestFailed())
                return;
        }
    }

    void randomRoformers() {
        constexpr std::uint64_t configs = 8;
        const std::uint64_t seed = test::chosenSeed();
        const std::vector<Card> all = test::cardsOfEachArchitecture();
        for (std::uint64_t i = 0; i < configs; ++i) {
            compare(test::drawRoformerConfig(seed + i, test::StepSize::Large), all[i % all.size()],
                    {.expandableSegments = i / all.size() % 2 == 0});
            if (QTest::currentTestFailed())
                return;
        }
    }

    void randomFineTuning() {
        constexpr std::uint64_t configs = 12;
        const std::uint64_t seed = test::chosenSeed();
        const std::vector<Card> all = test::cardsOfEachArchitecture();
        for (std::uint64_t i = 0; i < configs; ++i) {
            compare(test::drawFineTuningConfig(seed + i, test::StepSize::Large), all[i % all.size()],
                    {.expandableSegments = i / all.size() % 2 == 0});
            if (QTest::currentTestFailed())
                return;
        }
    }

    void minimumCapacitySuffices_data() {
        QTest::addColumn<bool>("isExpandable");
        QTest::newRow("fixed segments") << false;
        QTest::newRow("expandable segments") << true;
    }
    void minimumCapacitySuffices() {
        QFETCH(bool, isExpandable);
        const AllocatorSettings settings{.expandableSegments = isExpandable};
        const RunConfig config = loadConfig(HEADROOM_SOURCE_DIR "/configs/demo.yaml");
        const Card card = findCard("RTX 4070").value();
        const Recording recording = recordSteps(config, card);
        const ReplayDevice device{.capacity = plenty, .settings = settings};
        const Replay played = replay(recording.stream, device);
        const std::int64_t least = minimumCapacity({{recording.stream, played}}, device);
        // With little memory, each update divides it differently: as many as were recorded.
        QVERIFY(oracle_.run(config, card, least, settings, mostRepetitions));
        QVERIFY(!oracle_.run(config, card, least - 1, settings, mostRepetitions));
    }

private:
    void compare(const RunConfig& config, const Card& card, const AllocatorSettings& settings = expandable,
                 int ranks = 1) {
        const Peaks truth = oracle_.run(config, card, plenty, settings, 2, ranks).value();
        const Peaks predicted = forecastPeaks(config, card, settings, ranks);
        fmt::print("{}: allocated {} ({:+}), reserved {} ({:+})\n", card.name, truth.allocated,
                   predicted.allocated - truth.allocated, truth.reserved,
                   predicted.reserved - truth.reserved);
        QVERIFY2(predicted == truth, (card.name + "\n" + dumpConfig(config)).c_str());
    }

    test::Oracle oracle_;
};

HEADROOM_TEST_MAIN(TestCudaMemory)
#include "tst_cuda_memory.moc"
