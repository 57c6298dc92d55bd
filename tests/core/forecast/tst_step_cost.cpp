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

StepCost workOf(const RunConfig& config, const Card& card = cpuCard()) {
    return recordTraining(config, card).work;
}

} // namespace

/// The work of a step as the shadow device counts it.
class TestStepCost : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theOptimizerIsTheUpdate() {
        RunConfig config = small();
        config.training.emaDecay = 0;
        const StepCost adamW = workOf(config);
        config.training.optimizer = OptimizerKind::Adafactor;
        const StepCost adafactor = workOf(config);
        QVERIFY(adamW.forward == adafactor.forward);
        QVERIFY(adamW.backward == adafactor.backward);
        QVERIFY(!(adamW.update == adafactor.update));
        config.training.emaDecay = 0.999;
        QVERIFY(workOf(config).update.bytes > adafactor.update.bytes);
    }

    void theUpdateReadsAndWritesItsState() {
        RunConfig config = small();
        config.training.emaDecay = 0;
        config.training.gradClip = 0;
        const Recording recording = recordTraining(config, cpuCard());
        // Of parameters, gradients and both moments: each read and written; a norm reads the gradients.
        std::int64_t parameters = 0;
        for (const AllocationStream::Block& block : recording.stream.blocks)
            parameters += block.part == MemoryPart::Parameters ? block.bytes : 0;
        const double passes = recording.work.update.bytes / static_cast<double>(parameters);
        QVERIFY2(passes > 8 && passes < 10.5, std::to_string(passes).c_str());
    }

    void moreMicroBatchesAreMoreOfTheSame() {
        RunConfig config = small();
        const StepCost one = workOf(config);
        config.training.gradientAccumulationSteps = 3;
        const StepCost three = workOf(config);
        QCOMPARE(three.forward.flops, 3 * one.forward.flops);
        QCOMPARE(three.forward.bytes, 3 * one.forward.bytes);
        QCOMPARE(three.forward.calls, 3 * one.forward.calls);
        // The second also adds its gradients to the first's.
        QVERIFY(three.backward.bytes > 3 * one.backward.bytes);
        QCOMPARE(three.update.bytes, one.update.bytes);
    }

    void aLayerThatIsRecomputedRunsForwardTwice() {
        RunConfig config = small();
        const StepCost kept = workOf(config, cardTable().front());
        config.model.useGradientCheckpointing = true;
        config.model.recomputeSlices = 4;
        const StepCost again = workOf(config, cardTable().front());
        QVERIFY(kept.recompute == Cost{});
        QCOMPARE(again.forward.flops, kept.forward.flops);
        QVERIFY(again.recompute.flops > 0);
        QVERIFY(again.recompute.flops < again.forward.flops);
    }

    void kernelsAreCountedAsTheOperatorsThatTheyStandFor() {
        const StepCost kernels = workOf(small());
        const StepCost operators = recordTraining(small(), cpuCard(), ScanForm::Operators).work;
        const double ratio = kernels.forward.allFlops() / operators.forward.allFlops();
        QVERIFY2(ratio > 0.5 && ratio < 2, std::to_string(ratio).c_str());
        QVERIFY(kernels.forward.bytes < operators.forward.bytes);
        QVERIFY(kernels.total().calls < operators.total().calls);
    }

    void halfNumbersAreToldApart() {
        RunConfig config = small();
        QCOMPARE(workOf(config).total().bf16Flops, 0.0);
        config.training.precision = Precision::Bf16;
        QVERIFY(workOf(config, cardTable().front()).forward.bf16Flops > 0);
    }

    void whatScansTakeInIsToldApart() {
        RunConfig config = small();
        const Cost whole = workOf(config).total();
        QVERIFY(whole.scanElements > 0);
        QCOMPARE(whole.bf16ScanElements, 0.0);
        config.training.precision = Precision::Bf16;
        const Cost half = workOf(config).total();
        QCOMPARE(half.bf16ScanElements, whole.scanElements);
        QCOMPARE(half.scanElements, 0.0);
        const Cost onCard = workOf(config, cardTable().front()).total(); // operators scan there
        QCOMPARE(onCard.scanElements + onCard.bf16ScanElements, 0.0);
    }
};

HEADROOM_TEST_MAIN(TestStepCost)
#include "tst_step_cost.moc"
