// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/distributed/bucket_sum.h"
#include "core/forecast/step_recording.h"
#include "tests/support/strict_main.h"

#include <algorithm>

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

    /// Its gradients go through a bucket, which is all that it needs in addition.
    void oneOfSeveralRanksHasABucket() {
        RunConfig config = small();
        config.training.gradientAccumulationSteps = 2;
        config.training.stepsPerEpoch = 4;
        RunConfig share = config;
        share.training.gradientAccumulationSteps = 1;
        share.training.stepsPerEpoch = 2;
        const Card card = cardTable().front();
        const Recording one = recordSteps(share, card);
        const Recording ofTwo = recordSteps(config, card, ScanForm::OfDevice, Repetition::Deduplicate, 2);
        const auto blocks = [](const Recording& recording) { return std::ssize(recording.stream.blocks); };
        QVERIFY(blocks(ofTwo) > blocks(one));
        std::int64_t gradients = 0;
        for (const AllocationStream::Block& block : one.stream.blocks)
            gradients = std::max(gradients, block.part == MemoryPart::Gradients ? block.bytes : 0);
        const bool hasBucket = std::ranges::any_of(ofTwo.stream.blocks, [&](const auto& block) {
            return block.part == MemoryPart::Temporaries && block.bytes > gradients &&
                   block.bytes <= BucketSum::bucketBytes;
        });
        QVERIFY(hasBucket);
        QVERIFY(ofTwo.cost.update.bytes > one.cost.update.bytes);
    }

    void usesTheBatchInPlaceOnTheCpu() {
        QCOMPARE(bytesOf(recordSteps(small(), cpuCard()), MemoryPart::Batch), 0);
    }
};

HEADROOM_TEST_MAIN(TestStepRecording)
#include "tst_step_recording.moc"
