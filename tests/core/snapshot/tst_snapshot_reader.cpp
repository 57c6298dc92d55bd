// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/allocator/replay.h"
#include "core/snapshot/snapshot_reader.h"
#include "core/support/error.h"
#include "core/weights/pickle_text.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

using namespace headroom;
using P = PickleText;

Q_DECLARE_METATYPE(AllocatorSettings)

namespace {

const std::string snapshotFolder = HEADROOM_TEST_DATA "/memory_snapshots/";

nlohmann::json storedPeaks() {
    std::ifstream file(snapshotFolder + "peaks.json");
    return nlohmann::json::parse(file);
}

struct Entry {
    const char* action;
    std::int64_t address = 0;
    std::int64_t size = 0;
    std::int64_t stream = 0;
};

struct Block {
    std::int64_t size = 0;
    const char* state = "inactive";
    std::int64_t requested = 0;
};

void put(P& pickle, const char* key, std::int64_t value) {
    pickle.text(key).integer(value);
}

void putTrace(P& pickle, const std::vector<Entry>& trace) {
    pickle << P::emptyList << P::mark;
    for (const Entry& entry : trace) {
        pickle << P::emptyDict << P::mark;
        pickle.text("action").text(entry.action);
        put(pickle, "addr", entry.address);
        put(pickle, "size", entry.size);
        put(pickle, "stream", entry.stream);
        pickle << P::setItems;
    }
    pickle << P::append;
}

/// A snapshot with one segment at this address of a device, unless it has no blocks.
std::string snapshot(const std::vector<std::vector<Entry>>& traces, std::int64_t address = 0,
                     const std::vector<Block>& blocks = {}, int device = 0) {
    P pickle;
    pickle << P::start << P::emptyDict << P::mark;
    pickle.text("segments") << P::emptyList << P::mark;
    if (!blocks.empty()) {
        std::int64_t total = 0;
        for (const Block& block : blocks)
            total += block.size;
        pickle << P::emptyDict << P::mark;
        put(pickle, "device", device);
        put(pickle, "address", address);
        put(pickle, "total_size", total);
        put(pickle, "stream", 0);
        pickle.text("blocks") << P::emptyList << P::mark;
        for (const Block& block : blocks) {
            pickle << P::emptyDict << P::mark;
            put(pickle, "size", block.size);
            put(pickle, "requested_size", block.requested);
            pickle.text("state").text(block.state) << P::setItems;
        }
        pickle << P::append << P::setItems;
    }
    pickle << P::append;
    pickle.text("device_traces") << P::emptyList << P::mark;
    for (const auto& trace : traces)
        putTrace(pickle, trace);
    pickle << P::append << P::setItems << P::stop;
    return pickle.take();
}

std::vector<RecordedMemory> read(const std::string& pickle) {
    return readSnapshot(std::as_bytes(std::span(pickle)), "file.pickle");
}

std::string refusal(const std::string& pickle) {
    return test::errorOf([&] { read(pickle); });
}

bool refusedFor(const std::string& pickle, const std::string& reason) {
    const std::string message = refusal(pickle);
    const bool found = message.find(reason) != std::string::npos;
    if (!found)
        qWarning("%s", message.c_str());
    return found;
}

} // namespace

class TestSnapshotReader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsATrace() {
        const auto devices = read(snapshot({{},
                                            {{"segment_alloc", 4096, 2 << 20},
                                             {"alloc", 4096, 1000},
                                             {"snapshot"},
                                             {"free_requested", 4096, 1000},
                                             {"free_completed", 4096, 1000},
                                             {"oom", 0, 77},
                                             {"alloc", 4096, 700}}}));
        QCOMPARE(devices.size(), std::size_t(1));
        const RecordedMemory& recorded = devices[0];
        QCOMPARE(recorded.device, 1);
        QCOMPARE(recorded.stream.events, (std::vector<std::int32_t>{0, ~0, 1}));
        QCOMPARE(recorded.stream.blocks[0].bytes, std::int64_t(1000));
        QCOMPARE(recorded.stream.blocks[1].bytes, std::int64_t(700));
        QCOMPARE(recorded.peakRequested, std::int64_t(1000));
        QCOMPARE(recorded.entries, std::int64_t(7));
        QCOMPARE(recorded.outOfMemory, std::int64_t(1));
        QCOMPARE(recorded.lastFailed, std::int64_t(0)); // the program went on
        QCOMPARE(recorded.older, std::int64_t(0));
    }

    /// What a program failed to get is part of what it needs, unless it went on without.
    void countsTheAllocationThatEndedTheProgram() {
        const auto devices = read(snapshot({{{"alloc", 4096, 1000},
                                             {"oom", 0, 5000},
                                             {"alloc", 8192, 500},
                                             {"free_completed", 8192, 500},
                                             {"oom", 0, 7000},
                                             {"free_completed", 4096, 1000}}}));
        const RecordedMemory& recorded = devices.at(0);
        QCOMPARE(recorded.outOfMemory, std::int64_t(2));
        QCOMPARE(recorded.lastFailed, std::int64_t(7000));
        QCOMPARE(recorded.peakRequested, std::int64_t(8000));
        QCOMPARE(recorded.stream.events, (std::vector<std::int32_t>{0, 1, ~1, 2, ~2, ~0}));
        QCOMPARE(recorded.stream.blocks[2].bytes, std::int64_t(7000));
        // A recording of PyTorch, which rounds what is asked for.
        const RecordedMemory real = readSnapshot(snapshotFolder + "out_of_memory.pickle").at(0);
        constexpr std::int64_t gib = 1 << 30;
        QCOMPARE(real.outOfMemory, std::int64_t(2));
        QCOMPARE(real.lastFailed, 6 * gib + 512);
        QCOMPARE(real.peakRequested, (3 + 5 + 6) * gib + 512);
        QVERIFY(real.peakReserved < 12 * gib); // what the program got
    }

    /// They are what is live at the end, without what the trace allocated, and what the trace frees.
    void findsBlocksOfBeforeTheRecording() {
        const auto devices =
            read(snapshot({{{"free_completed", 3000, 500}, {"alloc", 1512, 400}}}, 1000,
                          {{512, "active_allocated", 300}, {512, "active_allocated", 400}, {976}}));
        const RecordedMemory& recorded = devices.at(0);
        QCOMPARE(recorded.older, std::int64_t(2)); // at 1000 and 3000
        QCOMPARE(recorded.stream.events, (std::vector<std::int32_t>{0, 1, ~1, 2}));
        QCOMPARE(recorded.stream.blocks[0].bytes, std::int64_t(300));
        QCOMPARE(recorded.stream.blocks[1].bytes, std::int64_t(500));
        QCOMPARE(recorded.peakRequested, std::int64_t(800));
    }

    void countsReservedMemoryBackwards() {
        const auto devices =
            read(snapshot({{{"segment_free", 9000, 5000}, {"segment_map", 1000, 600}, {"alloc", 1000, 100}}},
                          1000, {{1000, "active_allocated", 100}}));
        QCOMPARE(devices.at(0).peakReserved, std::int64_t(5400)); // before the first entry
    }

    /// Each stream has its own cache: memory that one freed is not reused by another.
    void keepsStreamsApart() {
        const auto peakOf = [](std::int64_t second) {
            const RecordedMemory recorded = read(snapshot({{{"alloc", 100, 30 << 20, 7},
                                                            {"free_completed", 100, 30 << 20, 7},
                                                            {"alloc", 100, 30 << 20, second}}}))
                                                .at(0);
            return std::pair(recorded.streams,
                             replay(recorded.stream, {.capacity = 1 << 30}).statistics.reservedPeak);
        };
        QCOMPARE(peakOf(7), std::pair(std::int64_t(1), std::int64_t(30 << 20)));
        QCOMPARE(peakOf(140000000000000), std::pair(std::int64_t(2), std::int64_t(60 << 20)));
    }

    void replaysWhatPyTorchRecorded_data() {
        QTest::addColumn<AllocatorSettings>("settings");
        QTest::newRow("default") << AllocatorSettings{};
        QTest::newRow("expandable") << AllocatorSettings{.expandableSegments = true};
        QTest::newRow("max_split_32") << AllocatorSettings{.maxSplitSize = 32 << 20};
    }
    /// Recordings of PyTorch 2.11 with its own allocator: the same peaks, to the byte.
    void replaysWhatPyTorchRecorded() {
        QFETCH(AllocatorSettings, settings);
        const std::string name = QTest::currentDataTag();
        const RecordedMemory recorded = readSnapshot(snapshotFolder + name + ".pickle").at(0);
        const nlohmann::json peaks = storedPeaks().at(name);
        const AllocatorStatistics statistics =
            replay(recorded.stream, {.capacity = std::int64_t{12} << 30, .settings = settings}).statistics;
        QCOMPARE(statistics.allocatedPeak, peaks.at("allocated").get<std::int64_t>());
        QCOMPARE(statistics.reservedPeak, peaks.at("reserved").get<std::int64_t>());
        QCOMPARE(recorded.peakRequested, peaks.at("requested").get<std::int64_t>());
        QCOMPARE(recorded.peakReserved, peaks.at("reserved").get<std::int64_t>());
        QCOMPARE(recorded.streams, std::int64_t(2));
        QCOMPARE(recorded.older, std::int64_t(0));
    }
    /// Eight of the first twelve blocks are live when this recording begins.
    void readsARecordingThatBeginsLate() {
        const RecordedMemory recorded = readSnapshot(snapshotFolder + "late.pickle").at(0);
        QCOMPARE(recorded.older, std::int64_t(8));
        const std::int64_t least = storedPeaks().at("late").at("allocated").get<std::int64_t>();
        const Replay played = replay(recorded.stream, {.capacity = std::int64_t{12} << 30});
        QVERIFY(played.completed);
        QVERIFY(played.statistics.allocatedPeak >= least / 2 && played.statistics.allocatedPeak <= least * 2);
        QCOMPARE(recorded.peakRequested, storedPeaks().at("late").at("requested").get<std::int64_t>());
        QVERIFY(recorded.peakReserved > 0);
    }

    /// What PyTorch recorded of make_snapshots.py.
    void namesTheCallsThatAllocate() {
        const RecordedMemory recorded = readSnapshot(snapshotFolder + "default.pickle").at(0);
        QCOMPARE(recorded.stackOf.size(), recorded.stream.blocks.size());
        const auto stackOf = [&](std::size_t block) {
            return recorded.stacks->at(static_cast<std::size_t>(recorded.stackOf.at(block)));
        };
        QCOMPARE(stackOf(0), (std::vector<std::string>{
                                 "<module> (<string>:1)", "<module> (make_snapshots.py:51)",
                                 "program (make_snapshots.py:36)", "block (make_snapshots.py:28)"}));
        QCOMPARE(stackOf(1).at(2), std::string("program (make_snapshots.py:37)"));
        // Blocks of before a recording have no frames.
        const RecordedMemory late = readSnapshot(snapshotFolder + "late.pickle").at(0);
        QCOMPARE(late.stacks->at(static_cast<std::size_t>(late.stackOf.at(0))),
                 std::vector<std::string>{"not recorded"});
    }

    void leavesOutInnerCallsAndShortensNames() {
        const auto stackOf = [](const std::vector<std::pair<std::string, std::string>>& frames) {
            P pickle;
            pickle << P::start << P::emptyDict << P::mark;
            pickle.text("device_traces") << P::emptyList << P::mark << P::emptyList << P::mark;
            pickle << P::emptyDict << P::mark;
            pickle.text("action").text("alloc");
            put(pickle, "addr", 1);
            put(pickle, "size", 1);
            pickle.text("frames") << P::emptyList << P::mark;
            for (const auto& [name, file] : frames) {
                pickle << P::emptyDict << P::mark;
                pickle.text("name").text(name).text("filename").text(file);
                put(pickle, "line", 3);
                pickle << P::setItems;
            }
            pickle << P::append << P::setItems << P::append << P::append << P::setItems << P::stop;
            const RecordedMemory recorded = read(pickle.take()).at(0);
            return recorded.stacks->at(static_cast<std::size_t>(recorded.stackOf.at(0)));
        };
        using Calls = std::vector<std::string>;
        QCOMPARE(
            stackOf({{"f", "/home/a/b.py"}, {"_PyEval_Vector", "?"}, {"at::empty", "/x/RegisterCUDA.cpp"}}),
            Calls{"f (b.py:3)"});
        QCOMPARE(stackOf({{"_start", "start.S"}}), Calls{"not recorded"});
        const std::string name = std::string(199, 'a') + "\u00e9" + std::string(500, 'b');
        QCOMPARE(stackOf({{name, "b.py"}}), Calls{std::string(199, 'a') + "... (b.py:3)"});
    }

    void refusesContradictions() {
        QVERIFY(refusedFor(snapshot({{{"alloc", 100, 5}, {"alloc", 100, 5}}}),
                           "entry 1 allocates at an address that is in use"));
        QVERIFY(refusedFor(snapshot({{{"free_completed", 100, 5}, {"free_completed", 100, 5}}}),
                           "entry 0 frees a block that is used afterwards"));
        QVERIFY(refusedFor(snapshot({{{"alloc", 100, -5}}}), "-5 is not a number of bytes"));
        QVERIFY(refusedFor(snapshot({{{"alloc", 100, std::int64_t{1} << 47}}}), "is not a number of bytes"));
        QVERIFY(refusedFor(snapshot({{{"alloc", 1, std::int64_t{1} << 45},
                                      {"alloc", 2, std::int64_t{1} << 45},
                                      {"alloc", 3, std::int64_t{1} << 45}}}),
                           "larger than any device"));
        QVERIFY(refusedFor(snapshot({{{"alloc", 1, 1}}}, 0, {{100, "active_allocated", 200}}),
                           "file.pickle, segments[0].blocks[0]: a block is smaller than what was requested"));
        QVERIFY(refusedFor(snapshot({{{"alloc", 1, 1}}}, std::numeric_limits<std::int64_t>::max(),
                                    {{100, "active_allocated", 50}}),
                           "ends beyond all addresses"));
        QVERIFY(refusedFor(snapshot({{{"alloc", -1, 1}}}), "-1 is not an address"));
        QVERIFY(refusedFor(snapshot({{{"alloc", 1, 1}}}, -100, {{100, "active_allocated", 50}}),
                           "file.pickle, segments[0].address: -100 is not an address"));
        QVERIFY(refusedFor(snapshot({{{"alloc", 1, 1}}}, 0, {{100, "active_allocated", 50}}, -3),
                           "file.pickle, segments[0]: there is no device -3"));
    }

    void refusesOtherFiles() {
        QVERIFY(refusedFor(snapshot({{}}), "the snapshot has no history of allocations"));
        QVERIFY(refusedFor(snapshot({}), "_record_memory_history()"));
        QVERIFY(refusedFor("", "truncated"));
        QVERIFY(refusedFor("{\"a\": 1}", "The file is damaged or not a memory snapshot of PyTorch."));
        P list;
        list << P::start << P::emptyList << P::stop;
        QVERIFY(refusedFor(list.take(), "there is no dict"));
        P text;
        text << P::start << P::emptyDict << P::mark;
        text.text("device_traces").text("none") << P::setItems << P::stop;
        QVERIFY(refusedFor(text.take(), "file.pickle, device_traces: there is no list"));
        const std::string whole = snapshot({{{"alloc", 1, 1}}});
        for (std::size_t length = 0; length < whole.size(); ++length)
            QVERIFY(!refusal(whole.substr(0, length)).empty());
    }

    /// A small file can name one long list many times.
    void boundsItsTimeByTheLengthOfTheFile() {
        P pickle;
        pickle << P::start << P::emptyDict << P::mark;
        pickle.text("device_traces") << P::emptyList << P::mark;
        putTrace(pickle, std::vector<Entry>(1000, Entry{"snapshot"}));
        pickle.memoize(0);
        for (int i = 0; i < 10000; ++i)
            pickle.recall(0);
        pickle << P::append << P::setItems << P::stop;
        QVERIFY(refusedFor(pickle.take(), "there are more elements than the file has bytes"));
    }
};

HEADROOM_TEST_MAIN(TestSnapshotReader)
#include "tst_snapshot_reader.moc"
