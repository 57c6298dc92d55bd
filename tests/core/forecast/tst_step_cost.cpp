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
    config.training.batchSize = 1;
    config.training.gradientAccumulationSteps = 1;
    config.training.precision = Precision::Fp32;
    return config;
}

StepCost costOf(const RunConfig& config, const Card& card = cpuCard()) {
    return recordSteps(config, card).cost;
}

} // namespace

/// The cost of a training step as counted by the simulated device.
class TestStepCost : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void optimizerAffectsUpdateOnly() {
        RunConfig config = small();
        config.training.emaDecay = 0;
        const StepCost adamW = costOf(config);
        config.training.optimizer = OptimizerKind::Adafactor;
        const StepCost adafactor = costOf(config);
        QVERIFY(adamW.forward == adafactor.forward);
        QVERIFY(adamW.backward == adafactor.backward);
        QVERIFY(!(adamW.update == adafactor.update));
        config.training.emaDecay = 0.999;
        QVERIFY(costOf(config).update.bytes > adafactor.update.bytes);
    }

    void updateReadsAndWritesState() {
        RunConfig config = small();
        config.training.emaDecay = 0;
        config.training.gradClip = 0;
        const Recording recording = recordSteps(config, cpuCard());
        // Parameters, gradients and both moments are read and written; the gradient norm reads once more.
        std::int64_t parameters = 0;
        for (const AllocationStream::Block& block : recording.stream.blocks)
            parameters += block.part == MemoryPart::Parameters ? block.bytes : 0;
        const double passes = recording.cost.update.bytes / static_cast<double>(parameters);
        QVERIFY2(passes > 8 && passes < 10.5, std::to_string(passes).c_str());
    }

    void costIsProportionalToMicroBatches() {
        RunConfig config = small();
        const StepCost one = costOf(config);
        config.training.gradientAccumulationSteps = 3;
        const StepCost three = costOf(config);
        QCOMPARE(three.forward.flops, 3 * one.forward.flops);
        QCOMPARE(three.forward.bytes, 3 * one.forward.bytes);
        QCOMPARE(three.forward.calls, 3 * one.forward.calls);
        // Further micro-batches also accumulate gradients.
        QVERIFY(three.backward.bytes > 3 * one.backward.bytes);
        QCOMPARE(three.update.bytes, one.update.bytes);
    }

    void recomputationIsCountedSeparately() {
        RunConfig config = small();
        const StepCost kept = costOf(config, cardTable().front());
        config.model.useGradientCheckpointing = true;
        config.model.recomputeSlices = 4;
        const StepCost recomputed = costOf(config, cardTable().front());
        QVERIFY(kept.recompute.flops > 0); // inside of the mixers
        QVERIFY(kept.recompute.flops < kept.forward.flops);
        QCOMPARE(recomputed.forward.flops, kept.forward.flops);
        QCOMPARE(recomputed.backward.flops, kept.backward.flops);
        // The mixers compute their scans again in their backward pass only.
        QVERIFY(recomputed.recompute.flops > kept.recompute.flops);
        QVERIFY(recomputed.recompute.flops < kept.recompute.flops + kept.forward.flops);
    }

    void cudaKernelsMoveLessMemoryThanOperators() {
        const Card card = findCard("RTX 4060").value();
        for (const Precision precision : {Precision::Bf16, Precision::Fp32}) {
            RunConfig config = small();
            config.training.precision = precision;
            config.model.headdim = 32;
            config.model.dState = 32;
            const StepCost kernels = costOf(config, card);
            config.model.kernels = Kernels::Operators;
            const StepCost operators = costOf(config, card);
            QVERIFY(kernels.total().bytes < operators.total().bytes);
            QVERIFY(kernels.total().calls < operators.total().calls);
            const double ratio = kernels.total().allFlops() / operators.total().allFlops();
            QVERIFY2(ratio > 0.5 && ratio < 2, std::to_string(ratio).c_str());
        }
    }

    void oldCardsUseOperators() {
        RunConfig config = small();
        config.training.precision = Precision::Bf16;
        config.model.headdim = 32;
        config.model.dState = 32;
        const Card card = findCard("RTX 2060").value(); // compute capability 7.5
        const StepCost automatic = costOf(config, card);
        config.model.kernels = Kernels::Operators;
        QVERIFY(costOf(config, card) == automatic);
    }

    void kernelsHaveSimilarFlopsToOperators() {
        const StepCost kernels = costOf(small());
        const StepCost operators = recordSteps(small(), cpuCard(), ScanForm::Operators).cost;
        const double ratio = kernels.forward.allFlops() / operators.forward.allFlops();
        QVERIFY2(ratio > 0.5 && ratio < 2, std::to_string(ratio).c_str());
        QVERIFY(kernels.forward.bytes < operators.forward.bytes);
        QVERIFY(kernels.total().calls < operators.total().calls);
    }

    void bf16FlopsAreCountedSeparately() {
        RunConfig config = small();
        QCOMPARE(costOf(config).total().bf16Flops, 0.0);
        config.training.precision = Precision::Bf16;
        QVERIFY(costOf(config, cardTable().front()).forward.bf16Flops > 0);
    }

    void bf16ScanElementsAreCountedSeparately() {
        RunConfig config = small();
        const Cost fp32 = costOf(config).total();
        QVERIFY(fp32.scanElements > 0);
        QCOMPARE(fp32.bf16ScanElements, 0.0);
        config.training.precision = Precision::Bf16;
        const Cost bf16 = costOf(config).total();
        QCOMPARE(bf16.bf16ScanElements, fp32.scanElements);
        QCOMPARE(bf16.scanElements, 0.0);
        const Cost onCard = costOf(config, cardTable().front()).total(); // cards scan with operators
        QCOMPARE(onCard.scanElements + onCard.bf16ScanElements, 0.0);
    }
};

HEADROOM_TEST_MAIN(TestStepCost)
#include "tst_step_cost.moc"
