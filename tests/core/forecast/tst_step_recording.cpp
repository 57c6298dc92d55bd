// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/forecast/step_recording.h"
#include "tests/support/strict_main.h"

using namespace headroom;

namespace {

RunConfig small() {
    RunConfig config;
    config.audio.segmentLength = 0.5;
    config.model.hiddenDim = 32;
    config.model.numLayers = 1;
    config.model.numSubbands = 16;
    config.model.headdim = 16;
    config.training.batchSize = 3;
    config.training.gradientAccumulationSteps = 1;
    return config;
}

/// Total size of the blocks of a part.
std::int64_t bytesOf(const Recording& recording, MemoryPart part) {
    std::int64_t bytes = 0;
    for (const AllocationStream::Block& block : recording.stream.blocks)
        bytes += block.part == part ? block.bytes : 0;
    return bytes;
}

} // namespace

/// The purposes of recorded blocks.
class TestStepRecording : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void copiesTheBatchToACard() {
        const RunConfig config = small();
        const auto stems = static_cast<std::int64_t>(config.data.targets.size());
        const std::int64_t frames = config.audio.sampleRate / 2;
        const std::int64_t mixture = config.training.batchSize * config.audio.channels * frames * 4;
        const Recording recording = recordSteps(config, cardTable().front());
        QCOMPARE(bytesOf(recording, MemoryPart::Batch), mixture * (1 + stems));
    }

    void usesTheBatchInPlaceOnTheCpu() {
        QCOMPARE(bytesOf(recordSteps(small(), cpuCard()), MemoryPart::Batch), 0);
    }
};

HEADROOM_TEST_MAIN(TestStepRecording)
#include "tst_step_recording.moc"
