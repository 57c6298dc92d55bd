// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/allocator/replay.h"
#include "core/cards/cards.h"
#include "core/config/config_file.h"
#include "core/config/model_kind.h"
#include "core/forecast/step_recording.h"
#include "core/support/slices.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/step_config.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string_view>

using namespace headroom;

namespace {

constexpr std::int64_t boundless = std::numeric_limits<std::int64_t>::max() / 2;

struct Event {
    std::int64_t value = 0; ///< allocation: bytes; free: -1 - index of the allocation
    std::string_view module = {};
    std::string_view operation = {};
    MemoryPart part = MemoryPart::Temporaries;
    bool operator==(const Event&) const = default;
};

/// The events of a stream with all repeats written out.
std::vector<Event> unrolled(const AllocationStream& stream) {
    std::vector<Event> events;
    std::vector<std::int64_t> allocatedAt(stream.blocks.size(), -1);
    const std::function<void(std::int64_t, std::int64_t, std::size_t)> play = [&](std::int64_t begin,
                                                                                  std::int64_t end,
                                                                                  std::size_t passages) {
        std::size_t next = 0;
        while (next < passages && stream.passages[next].end <= begin)
            ++next;
        for (std::int64_t event = begin; event < end; ++event) {
            const std::int32_t entry = stream.events[static_cast<std::size_t>(event)];
            if (entry == AllocationStream::release)
                continue;
            const auto block = static_cast<std::size_t>(entry < 0 ? ~entry : entry);
            const AllocationStream::Block& request = stream.blocks[block];
            if (entry < 0) {
                events.push_back({-1 - allocatedAt[block]});
            } else if (!request.persistent || allocatedAt[block] < 0) {
                allocatedAt[block] = static_cast<std::int64_t>(events.size());
                events.push_back({request.bytes, stream.names[static_cast<std::size_t>(request.module)],
                                  stream.names[static_cast<std::size_t>(request.operation)], request.part});
            }
            for (; next < passages && stream.passages[next].end == event + 1; ++next) {
                const AllocationStream::Passage& passage = stream.passages[next];
                for (std::int64_t i = 0; i < passage.repeats; ++i)
                    play(passage.begin, passage.end, next);
            }
        }
    };
    play(0, static_cast<std::int64_t>(stream.events.size()), stream.passages.size());
    return events;
}

} // namespace

/// Compares deduplicated recordings with recordings in which every repetition runs.
class TestRepeatedPassages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalFullRun() {
        const std::uint64_t seed = test::chosenSeed();
        for (std::uint64_t i = 0; i < 20; ++i) {
            RunConfig config = test::drawStepConfig(seed + i, test::StepSize::Small);
            config.model.numLayers = static_cast<int>(1 + i % 6);
            varyRecomputation(config, seed, i);
            compare(config, cardOf(seed + i));
            if (QTest::currentTestFailed())
                return;
        }
    }

    void equalFullRunOfAdaptersAndFrozenLayers() {
        const std::uint64_t seed = test::chosenSeed();
        for (std::uint64_t i = 0; i < 20; ++i) {
            RunConfig config = test::drawFineTuningConfig(seed + i, test::StepSize::Small);
            config.model.numLayers = static_cast<int>(4 + i % 6);
            if (i % 3 == 0)
                config.training.freeze = {"layers.1", "layers.2", "layers.3"};
            varyRecomputation(config, seed, i);
            compare(config, cardOf(seed + i));
            if (QTest::currentTestFailed())
                return;
        }
    }

    /// Some mixers keep activations, some do not.
    void equalFullRunOfKeptLayers() {
        const std::uint64_t seed = test::chosenSeed();
        for (std::uint64_t i = 0; i < 8; ++i) {
            RunConfig config = test::drawStepConfig(seed + i, test::StepSize::Small);
            changeModelKind(config, ModelKind::BsMamba2);
            // Sizes that have kernels.
            config.model.hiddenDim = 64;
            config.model.headdim = 64;
            config.model.dState = 64;
            config.training.precision = Precision::Bf16;
            config.model.numLayers = static_cast<int>(5 + i % 2);
            config.model.keptLayers = static_cast<int>(1 + i % 4);
            config.model.keptActivations = i % 2 == 0 ? Kept::Projected : Kept::Scanned;
            config.model.useGradientCheckpointing = false;
            config.model.recomputeLayers = static_cast<int>(i % 2);
            compare(config, cardOf(seed + i));
            if (QTest::currentTestFailed())
                return;
        }
    }

private:
    static void varyRecomputation(RunConfig& config, std::uint64_t seed, std::uint64_t i) {
        config.model.useGradientCheckpointing = i % 4 > 1;
        config.model.recomputeLayers = std::max(0, config.model.numLayers - static_cast<int>(i % 3));
        config.model.recomputeSlices = static_cast<int>(2 + (seed + i) % 13);
    }

    static const Card& cardOf(std::uint64_t number) { return cardTable()[number % cardTable().size()]; }

    static void compare(RunConfig config, const Card& card) {
        config.training.stepsPerEpoch = 2 * config.training.gradientAccumulationSteps;
        const Recording full = recordSteps(config, card, ScanForm::OfDevice, Repetition::RunAll);
        const Recording deduplicated = recordSteps(config, card);
        QVERIFY(deduplicated.stream.events.size() < full.stream.events.size());
        const auto expected = unrolled(full.stream);
        const auto actual = unrolled(deduplicated.stream);
        const auto differ = std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end());
        QVERIFY2(differ.first == expected.end() && differ.second == actual.end(), dumpConfig(config).c_str());
        const ReplayDevice device{.capacity = boundless};
        const Replay a = replay(full.stream, device);
        const Replay b = replay(deduplicated.stream, device);
        QCOMPARE(b.statistics.allocatedPeak, a.statistics.allocatedPeak);
        QCOMPARE(b.statistics.reservedPeak, a.statistics.reservedPeak);
        QCOMPARE(b.events, static_cast<std::int64_t>(expected.size()));
        QCOMPARE(b.parts, a.parts);
        const Cost counted = deduplicated.cost.total();
        const Cost done = full.cost.total();
        QCOMPARE(counted.flops, done.flops);
        QCOMPARE(counted.bf16Flops, done.bf16Flops);
        // The placeholder of a skipped layer adds a call to each of its slices: with kernels, which need few
        // calls, up to 1.1 % of all.
        QVERIFY2(std::abs(counted.bytes / done.bytes - 1) < 1e-3, dumpConfig(config).c_str());
        QVERIFY2(std::abs(counted.calls / done.calls - 1) < 2e-2,
                 qPrintable(QString("%1 calls, %2 counted\n%3")
                                .arg(done.calls)
                                .arg(counted.calls)
                                .arg(QString::fromStdString(dumpConfig(config)))));
    }
};

HEADROOM_TEST_MAIN(TestRepeatedPassages)
#include "tst_repeated_passages.moc"
