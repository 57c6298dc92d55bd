// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/config/audio_length.h"
#include "core/config/model_kind.h"
#include "core/forecast/separation_memory.h"
#include "core/model/band_split_model.h"
#include "core/monitor/counting_allocator.h"
#include "core/separate/separate_segment.h"
#include "tests/support/small_config.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <limits>
#include <vector>

using namespace headroom;

namespace {

RunConfig configOf(ModelKind kind, int batch) {
    RunConfig config = test::smallConfig();
    if (kind != ModelKind::BsMamba2) {
        const RunConfig small = config;
        config = {};
        changeModelKind(config, kind);
        config.audio = small.audio;
        config.model.hiddenDim = 16;
        config.model.numLayers = 1;
        config.model.heads = 2;
        config.model.dimHead = 8;
        config.training.precision = Precision::Fp32;
        if (kind == ModelKind::BsRoformer)
            config.model.freqsPerBands = small.model.freqsPerBands;
        else
            config.model.numBands = 4;
    }
    config.separation.chunkSeconds = 0.25;
    config.separation.batchSize = batch;
    return config;
}

/// Peak of separating two batches on the CPU, bytes. The segments are not counted: they are in host memory.
std::int64_t measuredPeak(const RunConfig& config) {
    const std::int64_t before = takeCountedBytes().allocated;
    const BandSplitModel model(modelShape(config), at::kCPU, at::kFloat, 0);
    const std::int64_t batch = config.separation.batchSize;
    const std::int64_t samples = samplesIn(config.audio, config.separation.chunkSeconds);
    std::vector<float> audio(static_cast<std::size_t>(batch * config.audio.channels * samples), 0.125F);
    const at::Tensor mixture =
        at::from_blob(audio.data(), {batch, config.audio.channels, samples}, at::kFloat);
    for (int i = 0; i < 2; ++i)
        separateOnDevice(model, mixture);
    return takeCountedBytes().peak - before;
}

} // namespace

class TestSeparationMemory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        at::set_num_threads(1);
        countCpuTensors();
    }

    void followsTheBatch_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("batch");
        for (const ModelKind kind :
             {ModelKind::BsMamba2, ModelKind::BsRoformer, ModelKind::MelBandRoformer}) {
            for (const int batch : {1, 2, 5})
                QTest::addRow("%s, %d", modelKindName(kind).c_str(), batch)
                    << static_cast<int>(kind) << batch;
        }
    }
    void followsTheBatch() {
        QFETCH(const int, kind);
        QFETCH(const int, batch);
        const RunConfig config = configOf(static_cast<ModelKind>(kind), batch);
        const ReplayDevice device{.capacity = std::numeric_limits<std::int64_t>::max() / 4, .caching = false};
        QCOMPARE(separationMemory(config, cpuCard(), device).peakAllocated, measuredPeak(config));
    }

    void findsTheLargestBatchThatFits() {
        const RunConfig config = configOf(ModelKind::BsMamba2, 0);
        Card card = findCard("RTX 3060").value();
        const ReplayDevice device{.capacity = std::numeric_limits<std::int64_t>::max() / 4,
                                  .settings = {.expandableSegments = true}};
        const auto reserved = [&](int batch) {
            RunConfig wanted = config;
            wanted.separation.batchSize = batch;
            return separationMemory(wanted, card, device).peakReserved;
        };
        QCOMPARE(largestSeparationBatch(config, card), largestAutomaticBatch);
        card.capacity = 1;
        QCOMPARE(largestSeparationBatch(config, card), 1);
        // The memory of the largest batch, plus the margin of a card that fits.
        std::int64_t margin = 0;
        while (verdictOf(reserved(9), reserved(9) + margin) != Verdict::Fits)
            margin += std::int64_t{1} << 20;
        card.capacity = reserved(9) + margin;
        const int batch = largestSeparationBatch(config, card);
        QVERIFY(batch >= 9 && reserved(batch) <= card.capacity - margin);
        QVERIFY(batch == largestAutomaticBatch || reserved(batch + 1) > card.capacity - margin);
    }
};

HEADROOM_TEST_MAIN(TestSeparationMemory)
#include "tst_separation_memory.moc"
