// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/forecast/forecaster.h"
#include "core/support/error.h"
#include "core/support/mib.h"
#include "core/train/checkpoint.h"
#include "core/train/checkpoint_store.h"
#include "core/view/memory_tree.h"
#include "tests/support/small_config.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <QTemporaryDir>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t gib = 1024 * mib;

RunConfig smallRun() {
    RunConfig config = test::smallConfig();
    config.audio.segmentLength = 0.5;
    config.training.batchSize = 2;
    config.training.gradientAccumulationSteps = 2;
    config.loss.stftHop = 32;
    config.separation.chunkSeconds = 0.5;
    return config;
}

Card cardWith(std::int64_t capacity) {
    Card card = findCard("RTX 3060").value();
    card.capacity = capacity;
    return card;
}

/// The forecast for a card of which other programs use `others` bytes.
Forecast forecastBeside(std::int64_t others, const Card& card,
                        ForecastDetail detail = ForecastDetail::Totals) {
    return forecast({.config = smallRun(), .card = card, .others = others, .detail = detail});
}

struct DiskUse {
    std::int64_t bytes = 0;
    int checkpoints = 0;
};

DiskUse diskUse(const fs::path& folder) {
    DiskUse use;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file())
            continue;
        use.bytes += static_cast<std::int64_t>(entry.file_size());
        use.checkpoints += entry.path().filename() == stateFileName ? 1 : 0;
    }
    return use;
}

} // namespace

class TestForecaster : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void verdictDependsOnFreeMemory_data() {
        QTest::addColumn<qint64>("capacity");
        QTest::addColumn<qint64>("margin");
        QTest::newRow("small card: 0.5 GiB") << qint64{8 * gib} << qint64{gib / 2};
        QTest::newRow("large card: 5 %") << qint64{40 * gib} << qint64{2 * gib};
    }

    /// What is kept free counts like the memory of other programs, but not on the CPU.
    void memoryReserveCounts() {
        RunConfig config = smallRun();
        config.memory.reserve = 1.5;
        const Card card = cardWith(8 * gib);
        const Forecast kept = forecast({.config = config, .card = card, .detail = ForecastDetail::Totals});
        const Forecast beside = forecastBeside(gib + gib / 2, card);
        QCOMPARE(kept.reserve, gib + gib / 2);
        QCOMPARE(kept.deviceTotal, beside.deviceTotal);
        QCOMPARE(kept.verdict, beside.verdict);
        QCOMPARE(kept.peakReserved, beside.peakReserved);
        config.memory.reserve = 8;
        QCOMPARE(forecast({.config = config, .card = card, .detail = ForecastDetail::Totals}).verdict,
                 Verdict::DoesNotFit);
        const Forecast cpu =
            forecast({.config = config, .card = cpuCard(), .detail = ForecastDetail::Totals});
        QCOMPARE(cpu.reserve, std::int64_t(0));
        QCOMPARE(cpu.paused.peakReserved, std::int64_t(0));
    }

    /// Weights and training state leave the card; what libraries keep and constant tensors stay.
    void pauseLeavesLittleOnTheCard() {
        const Forecast paused = forecastBeside(0, cardWith(8 * gib), ForecastDetail::Timeline);
        const TimelinePoint& end = paused.timeline.back();
        const auto bytes = [&](MemoryPart part) { return end.parts[static_cast<std::size_t>(part)]; };
        const std::int64_t left = end.allocated() - bytes(MemoryPart::Parameters) - bytes(MemoryPart::Ema) -
                                  bytes(MemoryPart::OptimizerState) - bytes(MemoryPart::Gradients);
        QVERIFY(bytes(MemoryPart::Parameters) > 0);
        QCOMPARE(paused.paused.peakAllocated, left);
        QVERIFY(paused.paused.peakReserved >= paused.paused.peakAllocated);
        QVERIFY(paused.paused.peakReserved < paused.phase(RunPhase::Step).peakReserved);
    }

    /// The memory of other programs moves the total to each boundary.
    void verdictDependsOnFreeMemory() {
        QFETCH(const qint64, capacity);
        QFETCH(const qint64, margin);
        const Card card = cardWith(capacity);
        const std::int64_t free = capacity - forecastBeside(0, card).deviceTotal;
        QVERIFY(free > margin);
        QCOMPARE(forecastBeside(free - margin, card).verdict, Verdict::Fits);
        QCOMPARE(forecastBeside(free - margin + 1, card).verdict, Verdict::Tight);
        QCOMPARE(forecastBeside(free, card).verdict, Verdict::Tight);
        QCOMPARE(forecastBeside(free, card).deviceTotal, card.capacity);
    }

    /// A run whose total exceeds the card still completes if the allocator can release cached memory.
    void doesNotFitBelowMinimumCapacity() {
        const Card card = cardWith(8 * gib);
        const Forecast alone = forecastBeside(0, card, ForecastDetail::Whole);
        QVERIFY(alone.minimumCapacity > alone.peakAllocated);
        const std::int64_t free = card.capacity - card.contextHigh - alone.minimumCapacity;
        QCOMPARE(forecastBeside(free, card).verdict, Verdict::Tight);
        QCOMPARE(forecastBeside(free + 1, card).verdict, Verdict::DoesNotFit);
    }

    /// NCCL's buffers are outside of the allocator. An update has a part of the steps.
    void oneOfSeveralRanks() {
        RunConfig config = smallRun();
        config.training.gradientAccumulationSteps = 4;
        const Card card = cardWith(8 * gib);
        const Forecast alone = forecast({.config = config, .card = card});
        const Forecast ofTwo = forecast({.config = config, .card = card, .ranks = 2});
        QCOMPARE(alone.exchangeHigh, std::int64_t{0});
        QVERIFY(ofTwo.exchangeLow > 0 && ofTwo.exchangeLow < ofTwo.exchangeHigh);
        QCOMPARE(ofTwo.deviceTotal, card.contextHigh + ofTwo.exchangeHigh + ofTwo.peakReserved);
        QCOMPARE(ofTwo.deviceTotalLow, card.contextLow + ofTwo.exchangeLow + ofTwo.peakReserved);
        const double flops = ofTwo.cost.forward.allFlops() / alone.cost.forward.allFlops();
        QVERIFY(std::abs(flops - 0.5) < 1e-9);
        QCOMPARE(forecast({.config = config, .card = cpuCard(), .ranks = 2}).exchangeHigh, std::int64_t{0});
        config.training.gradientAccumulationSteps = 3;
        QVERIFY_THROWS_EXCEPTION(Error, forecast({.config = config, .card = card, .ranks = 2}));
    }

    /// Validation separates segments that can need more than a step.
    void verdictIsThatOfTheLargestPhase() {
        RunConfig config = smallRun();
        config.separation.chunkSeconds = 30;
        const Card card = cardWith(8 * gib);
        const StagedForecast staged({.config = config, .card = card});
        const Forecast steps = staged.step();
        const Forecast run = forecast({.config = config, .card = card});
        QVERIFY(steps.ofStep && !run.ofStep);
        QCOMPARE(steps.peakReserved, run.phase(RunPhase::Step).peakReserved);
        QCOMPARE(run.peakReserved, run.phase(RunPhase::Validation).peakReserved);
        QVERIFY(run.peakReserved > steps.peakReserved);
        QCOMPARE(run.deviceTotal, card.contextHigh + run.peakReserved);
        QVERIFY(run.peakPhase() == RunPhase::Validation);
        std::int64_t sum = 0;
        for (const std::int64_t bytes : run.parts)
            sum += bytes;
        QCOMPARE(sum, run.peakAllocated);

        // The steps would leave the margin that "fits" needs.
        const std::int64_t others = card.capacity - run.deviceTotal;
        QCOMPARE(forecast({.config = config, .card = card, .others = others}).verdict, Verdict::Tight);
        const ForecastRequest request{.config = config, .card = card, .others = others + steps.peakReserved};
        QCOMPARE(forecast(request).verdict, Verdict::DoesNotFit);
    }

    /// A run from its model to its checkpoint: without a step or a validation, little is left.
    void phasesHaveTheirOwnPeaks() {
        const Forecast run = forecastBeside(0, cardWith(8 * gib));
        const PhaseForecast& checkpoint = run.phase(RunPhase::Checkpoint);
        QVERIFY(checkpoint.peakAllocated > 0);
        for (const RunPhase phase : {RunPhase::Start, RunPhase::Step, RunPhase::Validation}) {
            QVERIFY(run.phase(phase).peakAllocated > checkpoint.peakAllocated);
            QVERIFY(run.phase(phase).peakReserved >= checkpoint.peakReserved);
            QVERIFY(run.phase(phase).peakReserved >= run.phase(phase).peakAllocated);
            QVERIFY(run.peakAllocated >= run.phase(phase).peakAllocated);
        }
        QVERIFY(run.phase(RunPhase::Start).peakReserved <= run.phase(RunPhase::Validation).peakReserved);
    }

    /// The tensors of the step are what the timeline counts: on the CPU exactly, on a card rounded up.
    void tensorsAddUpToTheTimeline_data() {
        QTest::addColumn<bool>("onCard");
        QTest::newRow("CPU") << false;
        QTest::newRow("card") << true;
    }
    void tensorsAddUpToTheTimeline() {
        QFETCH(bool, onCard);
        const Card card = onCard ? cardWith(12 * gib) : Card{.name = "CPU", .capacity = 12 * gib};
        const Forecast result = forecastBeside(0, card, ForecastDetail::Timeline);
        QVERIFY(result.timeline.size() > 100);
        for (const TimelinePoint& point : result.timeline) {
            const MemoryNode root = memoryTree(result.tensors, point.event);
            QVERIFY(onCard ? root.bytes <= point.allocated() : root.bytes == point.allocated());
            QVERIFY(root.bytes > point.allocated() / 2); // of small tensors, rounding adds much
            for (const MemoryNode& part : root.children)
                QVERIFY(onCard || part.bytes == point.parts[static_cast<std::size_t>(part.part)]);
        }
        const MemoryNode peak = memoryTree(result.tensors, result.peakEvent);
        const auto saved = std::ranges::find(peak.children, MemoryPart::SavedActivations, &MemoryNode::part);
        QVERIFY(saved != peak.children.end());
        QVERIFY(std::ranges::find(saved->children, "dual_path", &MemoryNode::name) != saved->children.end());
    }

    void refusesNegativeAmounts() {
        QVERIFY_THROWS_EXCEPTION(Error, forecastBeside(0, cardWith(-1)));
        QVERIFY_THROWS_EXCEPTION(Error, forecastBeside(-1, cardWith(8 * gib)));
        QCOMPARE(forecastBeside(0, cardWith(0)).verdict, Verdict::DoesNotFit);
        QCOMPARE(forecastBeside(9 * gib, cardWith(8 * gib)).verdict, Verdict::DoesNotFit);
    }

    void totalIncludesContextAndOtherPrograms() {
        const Card card = cardWith(8 * gib);
        QVERIFY(card.contextHigh > card.contextLow);
        const Forecast forecast = forecastBeside(gib, card);
        QCOMPARE(forecast.deviceTotal, card.contextHigh + forecast.peakReserved + gib);
        QCOMPARE(forecast.deviceTotalLow, card.contextLow + forecast.peakReserved + gib);
    }

    /// The disk holds most while a checkpoint is written: the newest ones, an older best one, and the new
    /// one.
    void diskBytesCoverCheckpointsOfRun() {
        const QTemporaryDir temporary;
        const fs::path folder = temporary.path().toStdString();
        RunConfig run = smallRun();
        run.training.keepLastNCheckpoints = 3;
        const TrainStep step(run, at::kCPU);
        CheckpointStore store(folder);
        store.prepare();
        DiskUse most;
        for (int number = 1; number <= 6; ++number) {
            store.save(number, [&](const fs::path& checkpoint) {
                writeCheckpoint(checkpoint, {run, {}, step.state(), {}});
                const DiskUse use = diskUse(folder);
                most = {std::max(most.bytes, use.bytes), std::max(most.checkpoints, use.checkpoints)};
            });
            store.rotate(run.training.keepLastNCheckpoints, 1);
        }
        QCOMPARE(store.steps(), (std::vector<std::int64_t>{6, 5, 4, 1}));

        const Forecast forecast = headroom::forecast({.config = run, .card = cardWith(8 * gib)});
        const auto checkpoint = static_cast<std::int64_t>(checkpointBytes(step.state()));
        QCOMPARE(forecast.diskBytes, most.checkpoints * checkpoint);
        QVERIFY(forecast.diskBytes >= most.bytes);
    }
};

HEADROOM_TEST_MAIN(TestForecaster)
#include "tst_forecaster.moc"
