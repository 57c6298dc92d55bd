// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/allocator/stream_recorder.h"
#include "core/snapshot/snapshot_reader.h"
#include "core/snapshot/snapshot_writer.h"
#include "core/support/error.h"
#include "tests/core/allocator/drawn_streams.h"
#include "tests/support/strict_main.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <string>
#include <vector>

using namespace headroom;

namespace {

constexpr std::int64_t boundlessMemory = std::int64_t{1} << 50;

struct NamedSettings {
    const char* name;
    AllocatorSettings settings;
};
const std::vector<NamedSettings> everySettings = {
    {"default", {}},
    {"expandable segments", {.expandableSegments = true}},
    {"split up to 32 MiB", {.maxSplitSize = 32 * test::mib}},
};

std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text));
}

/// Without anything left in passages: the reader sees events only.
RecordedMemory readBack(const WrittenSnapshot& written) {
    const std::vector<RecordedMemory> devices = readSnapshot(bytesOf(written.pickle), "test");
    return devices.at(0);
}

} // namespace

class TestSnapshotWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// A recording takes the same memory again, to the byte.
    void replayOfASnapshotHasTheSamePeaks() {
        for (const NamedSettings& each : everySettings) {
            for (std::uint32_t seed = 1; seed <= 20; ++seed) {
                const AllocationStream stream = test::DrawnStream(seed, true).draw();
                const WrittenSnapshot written = writeSnapshot(stream, each.settings, boundlessMemory);
                const RecordedMemory recorded = readBack(written);
                const Replay again =
                    replay(recorded.stream, {.capacity = boundlessMemory, .settings = each.settings});
                QCOMPARE(recorded.older, std::int64_t(0));
                QCOMPARE(recorded.entries, written.entries);
                QCOMPARE(again.statistics.allocatedPeak, written.peakAllocated);
                QCOMPARE(again.statistics.reservedPeak, written.peakReserved);
                QCOMPARE(recorded.peakReserved, written.peakReserved);
                const Replay original =
                    replay(stream, {.capacity = boundlessMemory, .settings = each.settings});
                QCOMPARE(written.peakReserved, original.statistics.reservedPeak);
            }
        }
    }

    void pythonReadsIt_data() {
        QTest::addColumn<int>("settings");
        for (int i = 0; i < static_cast<int>(everySettings.size()); ++i)
            QTest::newRow(everySettings[static_cast<std::size_t>(i)].name) << i;
    }
    /// PyTorch's own tools, and a check of every entry against the state at the end. The small capacity makes
    /// the allocator give memory back.
    void pythonReadsIt() {
        const QString python = QStringLiteral(HEADROOM_TORCH_PYTHON);
        if (!QFile::exists(python))
            QSKIP("no Python with PyTorch");
        QFETCH(int, settings);
        const AllocatorSettings& chosen = everySettings[static_cast<std::size_t>(settings)].settings;
        StreamRecorder recorder;
        recorder.setPhase(recorder.name("forward"));
        recorder.setModule(recorder.name("dual_path.0"));
        recorder.setOperation(recorder.name("mm"));
        std::vector<std::int32_t> kept;
        for (int i = 1; i < 12; ++i) {
            kept.push_back(recorder.allocate(i * 3 * test::mib + i));
            const std::int32_t brief = recorder.allocate((40 - i) * test::mib);
            recorder.free(brief);
        }
        for (std::size_t i = 0; i < kept.size(); i += 2)
            recorder.free(kept[i]);
        recorder.release();
        const AllocationStream stream = recorder.take();
        const WrittenSnapshot written = writeSnapshot(stream, chosen, boundlessMemory);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("snapshot.pickle")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(written.pickle));
        file.close();
        QProcess process;
        process.start(python, {QStringLiteral(HEADROOM_SOURCE_DIR "/tests/core/snapshot/read_snapshot.py"),
                               file.fileName()});
        QVERIFY(process.waitForFinished(300000));
        const QByteArray error = process.readAllStandardError();
        QVERIFY2(process.exitCode() == 0, error.constData());
        const QJsonObject json = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
        QCOMPARE(json[QStringLiteral("reserved")].toInteger(), written.peakReserved);
        QCOMPARE(json[QStringLiteral("entries")].toInteger(), written.entries);
        QStringList frames;
        for (const auto frame : json[QStringLiteral("frames")].toArray())
            frames << frame.toObject()[QStringLiteral("filename")].toString() + QLatin1Char(' ') +
                          frame.toObject()[QStringLiteral("name")].toString();
        QCOMPARE(frames,
                 QStringList({QStringLiteral("operator mm"), QStringLiteral("module dual_path.0"),
                              QStringLiteral("purpose temporaries"), QStringLiteral("phase forward")}));
    }

    void refusesACardThatIsTooSmall() {
        StreamRecorder recorder;
        recorder.allocate(100 * test::mib);
        const AllocationStream stream = recorder.take();
        QVERIFY_THROWS_EXCEPTION(Error, writeSnapshot(stream, {}, 50 * test::mib));
    }

    void endsBeforeAStage() {
        StreamRecorder recorder;
        recorder.beginStage("step");
        const std::int32_t block = recorder.allocate(1000);
        recorder.beginStage("end");
        recorder.free(block);
        const AllocationStream stream = recorder.take();
        QCOMPARE(beforeStage(stream, "end").events.size(), std::size_t(1));
        QCOMPARE(beforeStage(stream, "end").stages.size(), std::size_t(1));
        QCOMPARE(beforeStage(stream, "other").events.size(), std::size_t(2));
    }
};

HEADROOM_TEST_MAIN(TestSnapshotWriter)
#include "tst_snapshot_writer.moc"
