// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/train/journal.h"
#include "tests/support/read_journal.h"
#include "tests/support/strict_main.h"

#include <QFile>
#include <QTemporaryDir>

#include <filesystem>
#include <sys/stat.h>

using namespace headroom;

namespace {

std::string line(std::int64_t step) {
    return toJsonLine(StepDone{.step = step}, EventTime{});
}

void appendRaw(const std::string& path, const QByteArray& bytes) {
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::Append));
    file.write(bytes);
}

std::vector<std::int64_t> stepsOf(const EventLines& lines) {
    std::vector<std::int64_t> steps;
    for (const auto& timed : lines.events)
        steps.push_back(std::get<StepDone>(timed.event).step);
    return steps;
}

} // namespace

class TestJournal : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAppendedLinesImmediately() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("journal.jsonl")).toStdString();
        Journal journal(path);
        QVERIFY(test::readJournal(path).events.empty());
        for (std::int64_t step = 1; step <= 3; ++step) {
            journal.append(line(step));
            QCOMPARE(stepsOf(test::readJournal(path)).size(), static_cast<std::size_t>(step));
        }
    }
    void dropsIncompleteLastLine() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("journal.jsonl")).toStdString();
        // Cut at every byte, as a power failure could.
        const std::string second = line(2);
        for (std::size_t length = 0; length <= second.size(); ++length) {
            QFile::remove(QString::fromStdString(path));
            Journal(path).append(line(1));
            appendRaw(path, QByteArray::fromStdString(second.substr(0, length)));
            const EventLines before = test::readJournal(path);
            QCOMPARE(stepsOf(before), std::vector<std::int64_t>{1});
            QCOMPARE(before.notes.size(), std::size_t{length == 0 ? 0U : 1U});
            Journal(path).append(line(3));
            const EventLines after = test::readJournal(path);
            QCOMPARE(stepsOf(after), (std::vector<std::int64_t>{1, 3}));
            QVERIFY(after.notes.empty());
        }
    }
    void emptiesJournalWithoutCompleteLine() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("journal.jsonl")).toStdString();
        appendRaw(path, QByteArray(200000, 'x'));
        Journal(path).append(line(1));
        QCOMPARE(stepsOf(test::readJournal(path)), std::vector<std::int64_t>{1});
    }
    void removesIncompleteLineLongerThanABlock() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("journal.jsonl")).toStdString();
        Journal(path).append(line(1));
        appendRaw(path, QByteArray(200000, 'x'));
        Journal(path).append(line(2));
        QCOMPARE(stepsOf(test::readJournal(path)), (std::vector<std::int64_t>{1, 2}));
    }
    /// A sparse file, larger than memory.
    void opensLongJournalFromItsEnd() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("journal.jsonl")).toStdString();
        constexpr std::uintmax_t size = std::uintmax_t{1} << 40;
        Journal(path).append(line(1));
        std::error_code unsupported;
        std::filesystem::resize_file(path, size, unsupported);
        if (unsupported)
            QSKIP("the file system has no sparse files");
        appendRaw(path, "\n" + QByteArray("torn"));
        Journal(path).append(line(2));
        QCOMPARE(std::filesystem::file_size(path), size + 1 + line(2).size() + 1);
    }
    void continuesInNewFileIfMoved() {
        const QTemporaryDir folder;
        const std::filesystem::path root = folder.filePath(QStringLiteral("run")).toStdString();
        std::filesystem::create_directory(root);
        Journal journal(root / "journal.jsonl");
        journal.append(line(1));
        std::filesystem::rename(root, root.string() + "2");
        QVERIFY_THROWS_EXCEPTION(Error, journal.append(line(2))); // until the folder exists again
        std::filesystem::create_directory(root);
        journal.append(line(2));
        journal.append(line(3));
        QCOMPARE(stepsOf(test::readJournal(root / "journal.jsonl")), (std::vector<std::int64_t>{2, 3}));
        QCOMPARE(stepsOf(test::readJournal(root.string() + "2/journal.jsonl")), std::vector<std::int64_t>{1});
    }
    void rejectsSymbolicLink() {
        const QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        appendRaw((root / "victim").string(), "a line\nand no newline");
        std::filesystem::create_symlink("victim", root / "journal.jsonl");
        QVERIFY_THROWS_EXCEPTION(Error, Journal(root / "journal.jsonl"));
        QCOMPARE(std::filesystem::file_size(root / "victim"), std::uintmax_t{21});
        std::filesystem::create_symlink("missing", root / "dangling.jsonl");
        QVERIFY_THROWS_EXCEPTION(Error, Journal(root / "dangling.jsonl"));
        QVERIFY(!std::filesystem::exists(root / "missing"));
    }
    void doesNotWaitForPipe() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("journal.jsonl")).toStdString();
        QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
        QVERIFY_THROWS_EXCEPTION(Error, Journal{path});
        QVERIFY_THROWS_EXCEPTION(Error, readJournalInBlocks(path, 0, {}, [](const auto&, std::uint64_t) {}));
    }
    void continuesReadingFromOffset() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("journal.jsonl")).toStdString();
        Journal journal(path);
        std::vector<std::int64_t> steps;
        const auto read = [&](std::uint64_t from) {
            steps.clear();
            return readJournalInBlocks(path, from, {},
                                       [&](const std::vector<TimedEvent>& events, std::uint64_t) {
                                           for (const auto& timed : events)
                                               steps.push_back(std::get<StepDone>(timed.event).step);
                                       });
        };
        journal.append(line(1));
        const std::string second = line(2);
        appendRaw(path, QByteArray::fromStdString(second.substr(0, 9)));
        const std::uint64_t offset = read(0);
        QCOMPARE(steps, std::vector<std::int64_t>{1});
        QCOMPARE(offset, line(1).size() + 1);
        appendRaw(path, QByteArray::fromStdString(second.substr(9) + "\n"));
        QCOMPARE(read(offset), std::filesystem::file_size(path));
        QCOMPARE(steps, std::vector<std::int64_t>{2});
    }
    void throwsIfFileCannotBeOpened() {
        QVERIFY_THROWS_EXCEPTION(Error, Journal("/nowhere/journal.jsonl"));
        QVERIFY_THROWS_EXCEPTION(
            Error, readJournalInBlocks("/nowhere/journal.jsonl", 0, {}, [](const auto&, std::uint64_t) {}));
    }
    void rejectsDeviceFile() { QVERIFY_THROWS_EXCEPTION(Error, Journal("/dev/full")); }
};

HEADROOM_TEST_MAIN(TestJournal)
#include "tst_journal.moc"
