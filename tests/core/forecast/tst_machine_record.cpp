// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/machine_record.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <filesystem>
#include <fstream>

using namespace headroom;
namespace fs = std::filesystem;

class TestMachineRecord : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatWasWritten() {
        MachineRecord record;
        record.calibration.push_back({{1.5e12, 2, 3, 4, 5}, 0.123456789});
        record.add({.cost = {.flops = 7e13, .calls = 9},
                    .forecastPeak = std::int64_t{1} << 40,
                    .measuredPeak = 12,
                    .updateSeconds = 0.1,
                    .updateSecondsSpread = 0.02});
        record.context = 345;
        writeMachineRecord(path(), record);
        const MachineRecord read = readMachineRecord(path());
        QCOMPARE(read.calibration.size(), 1U);
        QVERIFY(read.calibration[0].cost == record.calibration[0].cost);
        QCOMPARE(read.calibration[0].seconds, 0.123456789);
        QCOMPARE(read.runs.size(), 1U);
        QVERIFY(read.runs[0].matches(record.runs[0].cost, record.runs[0].forecastPeak));
        QCOMPARE(read.runs[0].measuredPeak, 12);
        QCOMPARE(read.runs[0].updateSeconds, 0.1);
        QCOMPARE(read.runs[0].updateSecondsSpread, 0.02);
        QCOMPARE(read.context.value(), 345);
    }

    void unreadableFileGivesEmptyRecord() {
        QVERIFY(readMachineRecord(path()).calibration.empty());
        fs::create_directories(path().parent_path());
        for (const char* text : {"", "{", "[]", R"({"version":99})", R"({"version":1,"calibration":[1]})"}) {
            std::ofstream(path()) << text;
            const MachineRecord record = readMachineRecord(path());
            QVERIFY2(record.calibration.empty() && record.runs.empty(), text);
        }
    }

    void dropsOldestRuns() {
        MachineRecord record;
        for (int i = 0; i < 1000; ++i)
            record.add({.forecastPeak = i});
        QVERIFY(record.runs.size() < 100);
        QCOMPARE(record.runs.back().forecastPeak, 999);
    }

    void pathIsInCacheFolder() {
        qputenv("XDG_CACHE_HOME", folder_.path().toUtf8());
        const fs::path path = machineRecordPath("RTX 4070 / 12 GB");
        QCOMPARE(path.parent_path(), fs::path(folder_.path().toStdString()) / "headroom" / "machines");
        qputenv("XDG_CACHE_HOME", "relative"); // must be ignored
        qputenv("HOME", folder_.path().toUtf8());
        QCOMPARE(machineRecordPath("x").parent_path(),
                 fs::path(folder_.path().toStdString()) / ".cache" / "headroom" / "machines");
    }

    void init() { folder_ = QTemporaryDir(); }

private:
    fs::path path() const { return fs::path(folder_.path().toStdString()) / "machines" / "x.json"; }

    QTemporaryDir folder_;
};

HEADROOM_TEST_MAIN(TestMachineRecord)
#include "tst_machine_record.moc"
