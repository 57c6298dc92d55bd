#include "core/support/error.h"
#include "core/train/journal.h"
#include "tests/support/strict_main.h"

#include <QFile>
#include <QTemporaryDir>

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
    void whatIsAppendedIsReadAtOnce() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("journal.jsonl")).toStdString();
        Journal journal(path);
        QVERIFY(readJournal(path).events.empty());
        for (std::int64_t step = 1; step <= 3; ++step) {
            journal.append(line(step));
            QCOMPARE(stepsOf(readJournal(path)).size(), static_cast<std::size_t>(step));
        }
    }
    void aTornLineIsDroppedOnReadingAndCutOffOnWriting() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("journal.jsonl")).toStdString();
        // Torn after every possible byte, as a power cut might.
        const std::string second = line(2);
        for (std::size_t torn = 0; torn <= second.size(); ++torn) {
            QFile::remove(QString::fromStdString(path));
            Journal(path).append(line(1));
            appendRaw(path, QByteArray::fromStdString(second.substr(0, torn)));
            const EventLines before = readJournal(path);
            QCOMPARE(stepsOf(before), std::vector<std::int64_t>{1});
            QCOMPARE(before.notes.size(), std::size_t{torn == 0 ? 0U : 1U});
            Journal(path).append(line(3));
            const EventLines after = readJournal(path);
            QCOMPARE(stepsOf(after), (std::vector<std::int64_t>{1, 3}));
            QVERIFY(after.notes.empty());
        }
    }
    void aJournalThatIsOneTornLineIsEmptied() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("journal.jsonl")).toStdString();
        appendRaw(path, QByteArray(10000, 'x'));
        Journal(path).append(line(1));
        QCOMPARE(stepsOf(readJournal(path)), std::vector<std::int64_t>{1});
    }
    void placesThatCannotBeOpenedAreErrors() {
        QVERIFY_EXCEPTION_THROWN(Journal("/nowhere/journal.jsonl"), Error);
        QVERIFY_EXCEPTION_THROWN(readJournal("/nowhere/journal.jsonl"), Error);
    }
    void aFullDiskIsAnError() {
        if (!QFile::exists(QStringLiteral("/dev/full")))
            QSKIP("no /dev/full here");
        AppendFile full("/dev/full");
        QVERIFY_EXCEPTION_THROWN(full.append("x\n"), Error);
    }
};

HEADROOM_TEST_MAIN(TestJournal)
#include "tst_journal.moc"
