// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/services.h"
#include "core/engine/snapshot_files.h"
#include "core/view/memory_tree.h"
#include "tests/core/engine/tiny_weights.h"
#include "tests/support/answers.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <algorithm>

using namespace headroom;

namespace {

const std::string recording = HEADROOM_TEST_DATA "/memory_snapshots/default.pickle";

Card someCard() {
    return {.name = "RTX 4070",
            .capacity = std::int64_t{12} << 30,
            .computeMajor = 8,
            .computeMinor = 9,
            .multiprocessors = 46,
            .threadsPerMultiprocessor = 1536};
}

} // namespace

class TestSnapshotWorker : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void replaysWithATimeline() {
        test::Answers<SnapshotAnswer> answers;
        const auto service = makeSnapshotService();
        service->replay(7, {.file = recording, .card = someCard()}, answers.sink());
        const auto answer = answers.awaitOne();
        QVERIFY(answer && std::holds_alternative<SnapshotReplayed>(*answer));
        const auto& [number, replay] = std::get<SnapshotReplayed>(*answer);
        QCOMPARE(number, std::uint64_t(7));
        QCOMPARE(replay.best, std::optional<std::size_t>(0));
        const auto highest = std::ranges::max_element(replay.timeline, {}, &TimelinePoint::allocated);
        QCOMPARE(highest->event, replay.peakEvent);
        QCOMPARE(highest->allocated(), replay.shown().peakAllocated);
        QCOMPARE(std::ranges::max_element(replay.timeline, {}, &TimelinePoint::reserved)->reserved,
                 replay.shown().peakReserved);
        for (const TimelinePoint& point : replay.timeline) {
            const std::int64_t free = point.reserved - point.allocated();
            QVERIFY((point.free.blocks == 0) == (free == 0));
            QVERIFY(point.free.largest <= free && point.free.largest * point.free.blocks >= free);
        }
        const MemoryNode tree = memoryTree(replay.tensors, replay.peakEvent);
        QVERIFY(tree.bytes <= replay.recordedRequested && tree.bytes > replay.recordedRequested / 2);
        QCOMPARE(tree.children.at(0).name, std::string("<module> (<string>:1)"));
    }

    void writesTheForecast() {
        const QTemporaryDir folder;
        const std::string file = folder.filePath("run.pickle").toStdString();
        test::Answers<SnapshotAnswer> answers;
        const auto service = makeSnapshotService();
        const ForecastRequest request{.config = test::tinyConfig(), .card = someCard()};
        service->write(1, request, file, answers.sink());
        const auto answer = answers.awaitOne();
        QVERIFY(answer && std::holds_alternative<SnapshotWritten>(*answer));
        const SnapshotReplay replay = replaySnapshot({.file = file, .card = someCard()});
        QCOMPARE(replay.entries, std::get<SnapshotWritten>(*answer).file.entries);
    }

    void saysWhatFails() {
        test::Answers<SnapshotAnswer> answers;
        const auto service = makeSnapshotService();
        service->replay(3, {.file = "/nowhere/a.pickle", .card = someCard()}, answers.sink());
        service->write(4, {.card = {.name = "CPU"}}, "/nowhere/b.pickle", answers.sink());
        const auto all = answers.awaitUntil([](const SnapshotAnswer& answer) {
            const auto* failed = std::get_if<SnapshotFailed>(&answer);
            return failed != nullptr && failed->number == 4;
        });
        QCOMPARE(all.size(), std::size_t(2));
        QVERIFY(std::get<SnapshotFailed>(all[0]).error.message().find("/nowhere/a.pickle") !=
                std::string::npos);
        QVERIFY(std::get<SnapshotFailed>(all[1]).error.message().find("not the CPU") != std::string::npos);
    }
};

HEADROOM_TEST_MAIN(TestSnapshotWorker)
#include "tst_snapshot_worker.moc"
