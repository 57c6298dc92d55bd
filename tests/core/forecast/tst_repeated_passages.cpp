#include "core/allocator/replay.h"
#include "core/cards/cards.h"
#include "core/config/config_file.h"
#include "core/forecast/step_recording.h"
#include "core/support/slices.h"
#include "tests/support/step_setting.h"
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
    std::int64_t value = 0; ///< bytes; of frees which request they end
    std::string_view module = {};
    std::string_view operation = {};
    MemoryPart part = MemoryPart::Temporaries;
    bool operator==(const Event&) const = default;
};

/// What the allocator is asked in order, and by whom.
std::vector<Event> unrolled(const AllocationStream& stream) {
    std::vector<Event> events;
    std::vector<std::int64_t> madeAt(stream.blocks.size(), -1);
    const std::function<void(std::int64_t, std::int64_t, std::size_t)> play =
        [&](std::int64_t begin, std::int64_t end, std::size_t passages) {
            std::size_t next = 0;
            while (next < passages && stream.passages[next].end <= begin)
                ++next;
            for (std::int64_t event = begin; event < end; ++event) {
                const std::int32_t entry = stream.events[static_cast<std::size_t>(event)];
                const auto block = static_cast<std::size_t>(entry < 0 ? ~entry : entry);
                const AllocationStream::Block& asked = stream.blocks[block];
                if (entry < 0) {
                    events.push_back({-1 - madeAt[block]});
                } else if (!asked.lasting || madeAt[block] < 0) {
                    madeAt[block] = static_cast<std::int64_t>(events.size());
                    events.push_back({asked.bytes, stream.names[static_cast<std::size_t>(asked.module)],
                                      stream.names[static_cast<std::size_t>(asked.operation)], asked.part});
                }
                for (; next < passages && stream.passages[next].end == event + 1; ++next) {
                    const AllocationStream::Passage& passage = stream.passages[next];
                    for (std::int64_t i = 0; i < passage.again; ++i)
                        play(passage.begin, passage.end, next);
                }
            }
        };
    play(0, static_cast<std::int64_t>(stream.events.size()), stream.passages.size());
    return events;
}

} // namespace

/// What a recording leaves out because it comes again, against a recording that leaves nothing out.
class TestRepeatedPassages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void areWhatAFullRunAsksFor() {
        const std::uint64_t seed = test::chosenSeed();
        const std::vector<Card>& cards = cardTable();
        for (std::uint64_t i = 0; i < 20; ++i) {
            RunConfig config = test::drawStepSetting(seed + i, test::StepSize::Small);
            config.model.numLayers = static_cast<int>(1 + i % 6);
            config.model.useGradientCheckpointing = i % 4 > 0;
            config.model.recomputeLayers = std::max(0, config.model.numLayers - static_cast<int>(i % 3));
            config.model.recomputeSlices = static_cast<int>(2 + (seed + i) % 13);
            const Card& card = cards[(seed + i) % cards.size()];
            const Recording whole = recordTraining(config, card, ScanForm::OfDevice, Repetition::RunAll);
            const Recording deduplicate = recordTraining(config, card);
            QVERIFY(deduplicate.stream.events.size() < whole.stream.events.size());
            const auto asked = unrolled(whole.stream);
            const auto told = unrolled(deduplicate.stream);
            const auto differ = std::mismatch(asked.begin(), asked.end(), told.begin(), told.end());
            QVERIFY2(differ.first == asked.end() && differ.second == told.end(), dumpConfig(config).c_str());
            const ReplayDevice device{.capacity = boundless};
            const Replay a = replay(whole.stream, device);
            const Replay b = replay(deduplicate.stream, device);
            QCOMPARE(b.statistics.allocatedPeak, a.statistics.allocatedPeak);
            QCOMPARE(b.statistics.reservedPeak, a.statistics.reservedPeak);
            QCOMPARE(b.events, static_cast<std::int64_t>(asked.size()));
            QCOMPARE(b.parts, a.parts);
            const Cost counted = deduplicate.work.total();
            const Cost done = whole.work.total();
            QCOMPARE(counted.flops, done.flops);
            QCOMPARE(counted.bf16Flops, done.bf16Flops);
            // What stands for layers that are not run is a call or two of its own.
            QVERIFY2(std::abs(counted.bytes / done.bytes - 1) < 1e-3, dumpConfig(config).c_str());
            QVERIFY2(std::abs(counted.calls / done.calls - 1) < 1e-3, dumpConfig(config).c_str());
        }
    }
};

HEADROOM_TEST_MAIN(TestRepeatedPassages)
#include "tst_repeated_passages.moc"
