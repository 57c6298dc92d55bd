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

/// Example k is noise of its own, whatever the batch.
class Noise : public BatchSource {
public:
    Batch batch(std::int64_t first, int size, std::int64_t frames) override {
        asked.push_back({first, size});
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

    std::vector<std::pair<std::int64_t, int>> asked;
};

using Shrinks = std::vector<std::pair<int, int>>;

/// A step, and a group on it, in double so that only the mathematics is compared.
struct Bench {
    explicit Bench(int microBatch = 0)
        : step(smallConfig(), at::kCPU, at::kDouble),
          group(step, noise, at::kCPU, microBatch,
                [this](int before, int after, const std::string& text) { shrank(before, after, text); }) {}

    void shrank(int before, int after, const std::string& text) {
        shrinks.emplace_back(before, after);
        message = text;
        if (onShrink)
            onShrink();
    }

    double add(std::int64_t first, int size, double weight) {
        Noise source;
        return group.add(source.batch(first, size, samples), weight).item<double>();
    }

    Noise noise;
    TrainStep step;
    AccumulationGroup group;
    Shrinks shrinks;
    std::string message;
    std::function<void()> onShrink;
};

/// What a batch of so many examples takes above what is allocated before it.
std::int64_t need(int size) {
    ScarceMemory& memory = ScarceMemory::install();
    Bench bench;
    const std::int64_t before = memory.allocated();
    memory.takePeak();
    bench.add(0, size, 1);
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

    void microBatchesAreTheWholeBatch() {
        Bench whole;
        Bench parts(3);
        const double expected = whole.add(0, 5, 0.5);
        QVERIFY(std::abs(parts.add(0, 5, 0.5) - expected) < 1e-12);
        verifySame(parts.step.state(), whole.step.state());
        whole.group.update(1e-2);
        parts.group.update(1e-2);
        verifySame(parts.step.state(), whole.step.state());
    }

    /// The second batch of the group does not fit: the first is run again too, and the update is the same.
    void memoryRunsOutWithinAGroup() {
        ScarceMemory& memory = ScarceMemory::install();
        const std::int64_t limit = (need(3) + need(5)) / 2;
        Bench ample;
        Bench scarce;
        const auto all = [](Bench& bench) {
            const double first = bench.add(0, 2, 0.5);
            return std::pair(first, bench.add(2, 5, 0.5));
        };
        const auto expected = all(ample);
        ample.group.update(1e-2);
        memory.setLimit(memory.allocated() + limit);
        const auto found = all(scarce);
        memory.setUnlimited();
        scarce.group.update(1e-2);

        QCOMPARE(scarce.shrinks, (Shrinks{{5, 3}}));
        QVERIFY(scarce.message.find("out of memory") != std::string::npos);
        QVERIFY2(scarce.message.find("frame #") == std::string::npos, scarce.message.c_str());
        QCOMPARE(scarce.noise.asked, (std::vector<std::pair<std::int64_t, int>>{{0, 2}}));
        QVERIFY(std::abs(found.first - expected.first) < 1e-12);
        QVERIFY(std::abs(found.second - expected.second) < 1e-12);
        verifySame(scarce.step.state(), ample.step.state());
        QCOMPARE(scarce.group.microBatch(), 3);
    }

    void memoryRunsOutInTheUpdate() {
        ScarceMemory& memory = ScarceMemory::install();
        Bench ample;
        Bench scarce;
        for (Bench* bench : {&ample, &scarce})
            bench->add(0, 4, 1);
        ample.group.update(1e-2);
        bool once = false;
        scarce.step.setPhaseObserver([&](Phase phase) {
            if (phase == Phase::Update && !std::exchange(once, true))
                memory.setLimit(memory.allocated());
        });
        scarce.onShrink = [&] { memory.setUnlimited(); };
        scarce.group.update(1e-2);
        QCOMPARE(scarce.shrinks, (Shrinks{{4, 2}}));
        verifySame(scarce.step.state(), ample.step.state());
    }

    /// A group that a resumed run goes on with keeps the gradients that it came with.
    void aResumedGroupIsUndoneToWhereItBegan() {
        ScarceMemory& memory = ScarceMemory::install();
        const std::int64_t limit = (need(3) + need(5)) / 2;
        Bench ample;
        Bench before;
        for (Bench* bench : {&ample, &before})
            bench->add(0, 2, 0.5);
        AccumulationGroup resumed(before.step, before.noise, at::kCPU, 0, {});
        ample.add(2, 5, 0.5);
        const Batch batch = Noise().batch(2, 5, samples);
        memory.setLimit(memory.allocated() + limit);
        resumed.add(batch, 0.5);
        memory.setUnlimited();
        QCOMPARE(resumed.microBatch(), 3);
        verifySame(before.step.state(), ample.step.state());
    }

    void oneExampleThatIsTooMuchEndsIt() {
        ScarceMemory& memory = ScarceMemory::install();
        const std::int64_t limit = need(1) / 2;
        Bench bench;
        const Batch batch = Noise().batch(0, 4, samples);
        memory.setLimit(memory.allocated() + limit);
        QVERIFY_EXCEPTION_THROWN(bench.group.add(batch, 1), OutOfMemoryError);
        memory.setUnlimited();
        QCOMPARE(bench.shrinks, (Shrinks{{4, 2}, {2, 1}}));
        QVERIFY(bench.step.isWhole());
        QVERIFY(bench.step.state().group.empty());
    }

    void otherFailuresPassThrough() {
        Bench bench;
        Batch tooShort = Noise().batch(0, 2, 100);
        QVERIFY_EXCEPTION_THROWN(bench.group.add(tooShort, 1), Error);
        QVERIFY(bench.shrinks.empty());
    }
};

HEADROOM_TEST_MAIN(TestAccumulationGroup)
#include "tst_accumulation_group.moc"
