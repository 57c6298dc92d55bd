// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/session/training_loop.h"
#include "core/train/accumulation_group.h"
#include "tests/support/scarce_memory.h"
#include "tests/support/small_config.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace headroom;
using headroom::test::ScarceMemory;
using headroom::test::smallConfig;

namespace {

constexpr int samples = 4000;

/// Example k is noise that depends only on k.
class Noise : public BatchSource {
public:
    Batch batch(std::int64_t first, int size, const SegmentLengths& lengths) override {
        requested.push_back({first, size});
        const std::int64_t frames = lengths.of(first);
        Batch made{first, size, 1, 1, frames, {}, {}, {}};
        for (int i = 0; i < size; ++i) {
            const auto generator = at::detail::createCPUGenerator(static_cast<std::uint64_t>(first + i));
            const at::Tensor stems = at::randn({2, frames}, generator, at::TensorOptions(at::kFloat)) * 0.1;
            const at::Tensor mixture = stems.sum(0);
            made.mixture.insert(made.mixture.end(), mixture.const_data_ptr<float>(),
                                mixture.const_data_ptr<float>() + frames);
            made.targets.insert(made.targets.end(), stems.const_data_ptr<float>(),
                                stems.const_data_ptr<float>() + frames);
        }
        return made;
    }

    std::vector<std::pair<std::int64_t, int>> requested;
};

using Reductions = std::vector<std::pair<int, int>>;

/// A step and its accumulation group, in float64.
struct Fixture {
    explicit Fixture(int microBatch = 0)
        : step(smallConfig(), at::kCPU, at::kDouble),
          group(step, noise, at::kCPU, microBatch, [this](int before, int after, const std::string& text) {
              recordReduction(before, after, text);
          }) {}

    void recordReduction(int before, int after, const std::string& text) {
        reductions.emplace_back(before, after);
        message = text;
        if (onReduction)
            onReduction();
    }

    double add(std::int64_t first, int size, double weight) {
        Noise source;
        return group.add(source.batch(first, size, samples), weight).item<double>();
    }

    Noise noise;
    TrainStep step;
    AccumulationGroup group;
    Reductions reductions;
    std::string message;
    std::function<void()> onReduction;
};

/// Memory that a batch of `size` examples needs in addition to the memory allocated before.
std::int64_t peakBytes(int size) {
    ScarceMemory& memory = ScarceMemory::install();
    Fixture fixture;
    const std::int64_t before = memory.allocated();
    memory.takePeak();
    fixture.add(0, size, 1);
    return memory.takePeak() - before;
}

void verifySame(const TensorMap& a, const TensorMap& b) {
    QCOMPARE(a.size(), b.size());
    for (const auto& [name, value] : a)
        QVERIFY2(at::allclose(value, b.at(name), 1e-9, 1e-12), name.c_str());
}

void verifySame(const TrainStep::State& a, const TrainStep::State& b) {
    verifySame(a.weights, b.weights);
    verifySame(a.ema, b.ema);
    verifySame(a.optimizer, b.optimizer);
    verifySame(a.group, b.group);
}

} // namespace

class TestAccumulationGroup : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        at::set_num_threads(1);
        ScarceMemory::install();
    }
    void cleanup() { ScarceMemory::install().setUnlimited(); }

    void microBatchesEqualWholeBatch() {
        Fixture whole;
        Fixture parts(3);
        const double expected = whole.add(0, 5, 0.5);
        QVERIFY(std::abs(parts.add(0, 5, 0.5) - expected) < 1e-12);
        verifySame(parts.step.state(), whole.step.state());
        whole.group.update(1e-2);
        parts.group.update(1e-2);
        verifySame(parts.step.state(), whole.step.state());
    }

    /// The second batch of the group does not fit: both batches are run again, and the update is the same.
    void retriesGroupInMicroBatches() {
        ScarceMemory& memory = ScarceMemory::install();
        const std::int64_t limit = (peakBytes(3) + peakBytes(5)) / 2;
        Fixture unlimited;
        Fixture limited;
        const auto addBoth = [](Fixture& fixture) {
            const double first = fixture.add(0, 2, 0.5);
            return std::pair(first, fixture.add(2, 5, 0.5));
        };
        const auto expected = addBoth(unlimited);
        unlimited.group.update(1e-2);
        memory.setLimit(memory.allocated() + limit);
        const auto found = addBoth(limited);
        memory.setUnlimited();
        limited.group.update(1e-2);

        QCOMPARE(limited.reductions, (Reductions{{5, 3}}));
        QVERIFY(limited.message.find("out of memory") != std::string::npos);
        QVERIFY2(limited.message.find("frame #") == std::string::npos, limited.message.c_str());
        QCOMPARE(limited.noise.requested, (std::vector<std::pair<std::int64_t, int>>{{0, 2}}));
        QVERIFY(std::abs(found.first - expected.first) < 1e-12);
        QVERIFY(std::abs(found.second - expected.second) < 1e-12);
        verifySame(limited.step.state(), unlimited.step.state());
        QCOMPARE(limited.group.microBatch(), 3);
    }

    void retriesUpdateInMicroBatches() {
        ScarceMemory& memory = ScarceMemory::install();
        Fixture unlimited;
        Fixture limited;
        for (Fixture* fixture : {&unlimited, &limited})
            fixture->add(0, 4, 1);
        unlimited.group.update(1e-2);
        bool once = false;
        limited.step.setPhaseObserver([&](Phase phase) {
            if (phase == Phase::Update && !std::exchange(once, true))
                memory.setLimit(memory.allocated());
        });
        limited.onReduction = [&] { memory.setUnlimited(); };
        limited.group.update(1e-2);
        QCOMPARE(limited.reductions, (Reductions{{4, 2}}));
        verifySame(limited.step.state(), unlimited.step.state());
    }

    /// The other ranks wait in the meantime.
    void redoesTheGroupBeforeTheSumOverRanks() {
        ScarceMemory& memory = ScarceMemory::install();
        Fixture unlimited;
        Fixture limited;
        int sums = 0;
        for (Fixture* fixture : {&unlimited, &limited}) {
            fixture->step.setRankSum([&](const at::Tensor&) { ++sums; });
            fixture->add(0, 4, 1);
        }
        unlimited.group.update(1e-2);
        const int once = std::exchange(sums, 0);
        bool limits = true;
        limited.step.setPhaseObserver([&](Phase phase) {
            if (phase == Phase::Exchange && std::exchange(limits, false))
                memory.setLimit(memory.allocated());
        });
        limited.onReduction = [&] { memory.setUnlimited(); };
        limited.group.update(1e-2);
        QCOMPARE(limited.reductions, (Reductions{{4, 2}}));
        QCOMPARE(sums, once);
        verifySame(limited.step.state(), unlimited.step.state());
    }

    /// The other ranks would not take part in the sum again.
    void doesNotRedoTheGroupAfterTheSumOverRanks() {
        Fixture fixture;
        int sums = 0;
        fixture.step.setRankSum([&](const at::Tensor&) {
            ++sums;
            throw OutOfMemoryError("the card is full");
        });
        fixture.add(0, 4, 1);
        QVERIFY_THROWS_EXCEPTION(OutOfMemoryError, fixture.group.update(1e-2));
        QCOMPARE(sums, 1);
        QVERIFY(fixture.reductions.empty());
        QVERIFY(fixture.step.isConsistent());
    }

    void restoresInitialGradientsOfResumedGroup() {
        ScarceMemory& memory = ScarceMemory::install();
        const std::int64_t limit = (peakBytes(3) + peakBytes(5)) / 2;
        Fixture unlimited;
        Fixture before;
        for (Fixture* fixture : {&unlimited, &before})
            fixture->add(0, 2, 0.5);
        AccumulationGroup resumed(before.step, before.noise, at::kCPU, 0, {});
        unlimited.add(2, 5, 0.5);
        const Batch batch = Noise().batch(2, 5, samples);
        memory.setLimit(memory.allocated() + limit);
        resumed.add(batch, 0.5);
        memory.setUnlimited();
        QCOMPARE(resumed.microBatch(), 3);
        verifySame(before.step.state(), unlimited.step.state());
    }

    void throwsIfOneExampleDoesNotFit() {
        ScarceMemory& memory = ScarceMemory::install();
        const std::int64_t limit = peakBytes(1) / 2;
        Fixture fixture;
        const Batch batch = Noise().batch(0, 4, samples);
        memory.setLimit(memory.allocated() + limit);
        QVERIFY_THROWS_EXCEPTION(OutOfMemoryError, fixture.group.add(batch, 1));
        memory.setUnlimited();
        QCOMPARE(fixture.reductions, (Reductions{{4, 2}, {2, 1}}));
        QVERIFY(fixture.step.isConsistent());
        QVERIFY(fixture.step.state().group.empty());
    }

    void passesOtherErrors() {
        Fixture fixture;
        Batch tooShort = Noise().batch(0, 2, 100);
        QVERIFY_THROWS_EXCEPTION(Error, fixture.group.add(tooShort, 1));
        QVERIFY(fixture.reductions.empty());
    }
};

HEADROOM_TEST_MAIN(TestAccumulationGroup)
#include "tst_accumulation_group.moc"
