// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/config/config_file.h"
#include "tests/core/train/tiny_run.h"
#include "tests/oracle/fake_card.h"
#include "tests/support/strict_main.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

using Variables = std::map<QString, QString>;

const Variables oldDriver = {{"FAKECUDA_DRIVER", "12020"}};
const Variables oldCard = {{"FAKECUDA_CC", "61"}};
const Variables noCard = {{"FAKECUDA_INIT", "100"}};
const Variables oldAndNewCard = {{"FAKECUDA_CC", "61,86"}};

struct Ended {
    int code = -1;
    QString out;
    QString err;
};

/// Runs the program on a machine with a fake driver and fake cards.
Ended headroomOn(const Variables& machine, const QStringList& arguments) {
    QProcessEnvironment environment = test::fakeCard(findCard("RTX 3060").value(), std::int64_t{12} << 30);
    environment.remove("CUDA_VISIBLE_DEVICES");
    for (const auto& [name, value] : machine)
        environment.insert(name, value);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(HEADROOM_PROGRAM, arguments);
    constexpr int timeout = 300'000; // ms; only a hanging program takes as long
    if (!process.waitForFinished(timeout))
        process.kill();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

QString textOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

/// Errors for drivers and cards that LibTorch cannot use, and the choice of the card.
class TestDevices : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { std::ofstream(path("config.yaml").toStdString()) << dumpConfig(run_.config()); }

    void refusesUnusableDevice_data() {
        QTest::addColumn<QString>("driver");
        QTest::addColumn<QString>("capabilities");
        QTest::addColumn<QString>("start");
        QTest::addColumn<QString>("device");
        QTest::addColumn<QStringList>("words");
        const auto row = [](const char* name, const char* driver, const char* capabilities, const char* start,
                            const char* device, const QStringList& words) {
            QTest::newRow(name) << driver << capabilities << start << device << words;
        };
        row("old driver", "12020", "86", "0", "cuda", {"CUDA 12.2", "580", "--device cpu"});
        row("old driver, by number", "12090", "86", "0", "cuda:0", {"CUDA 12.9", "580"});
        row("old card", "13000", "61", "0", "cuda", {"compute capability 6.1", "7.5", "--device cpu"});
        row("old card and driver", "11040", "52", "0", "cuda", {"compute capability 5.2"});
        row("no card", "13000", "86", "100", "cuda", {"no card", "--device cpu"});
        row("broken driver", "13000", "86", "803", "cuda", {"803", "restart the machine"});
        row("old card of two", "13000", "61,86", "0", "cuda:0", {"compute capability 6.1"});
        row("no such card", "13000", "61,86", "0", "cuda:2",
            {"no cuda:2", "cuda:0 (Fake)", "cuda:1 (Fake 2)"});
        for (const char* word : {"gpu", "cuda:", "cuda:x", "cuda:-1", "cuda:1x", "CUDA", "0", ""})
            row(word, "13000", "86", "0", word, {"unknown device", "cuda:1"});
    }
    void refusesUnusableDevice() {
        QFETCH(QString, driver);
        QFETCH(QString, capabilities);
        QFETCH(QString, start);
        QFETCH(QString, device);
        QFETCH(QStringList, words);
        const Variables machine = {
            {"FAKECUDA_DRIVER", driver}, {"FAKECUDA_CC", capabilities}, {"FAKECUDA_INIT", start}};
        const Ended ended = headroomOn(machine, train("refused", device));
        QCOMPARE(ended.code, 2);
        for (const QString& word : words)
            QVERIFY2(ended.err.contains(word), qPrintable(ended.err));
        QVERIFY2(!ended.err.contains("Warning"), qPrintable(ended.err));
        QVERIFY(!fs::exists(path("refused").toStdString()));
    }

    void autoFallsBackToCpuWithNotice() {
        int number = 0;
        for (const Variables& machine : {oldDriver, oldCard, noCard}) {
            const QString run = QStringLiteral("auto%1").arg(++number);
            const Ended ended = headroomOn(machine, train(run, "auto"));
            QVERIFY2(ended.code == 0, qPrintable(ended.err));
            QVERIFY2(ended.err.contains("using the CPU: "), qPrintable(ended.err));
            const QString journal = textOf(path(run + "/journal.jsonl"));
            QVERIFY(journal.contains("\"device\":\"cpu\""));
            QVERIFY(journal.contains("using the CPU: "));
        }
    }

    void selectsCardByIndex() {
        int number = 0;
        for (const char* device : {"cuda:1", "cuda", "auto"}) {
            const QString run = QStringLiteral("second%1").arg(++number);
            const Ended ended = headroomOn(oldAndNewCard, train(run, device));
            QVERIFY2(ended.code == 0, qPrintable(ended.err));
            const QString journal = textOf(path(run + "/journal.jsonl"));
            QVERIFY2(journal.contains("\"device\":\"cuda:1\""), qPrintable(journal));
            QVERIFY(!journal.contains("using the CPU"));
        }
    }

    /// Each rank has a card of its own.
    void refusesMoreRanksThanCards() {
        const Variables twoCards = {{"FAKECUDA_CC", "75,86"}};
        for (const char* device : {"cuda", "auto"}) {
            const Ended ended = headroomOn(twoCards, train("ranks", device) + QStringList{"--ranks", "3"});
            QCOMPARE(ended.code, 2);
            QVERIFY2(ended.err.contains("but there are only 2 that LibTorch can use: cuda:0 (Fake), cuda:1 "
                                        "(Fake 2)"),
                     qPrintable(ended.err));
            QVERIFY2(ended.err.contains("rank 0: rank 2 has failed: "), qPrintable(ended.err));
            QVERIFY(!fs::exists(path("ranks").toStdString()));
        }
    }

    void warnsAboutSlowBfloat16() {
        const QStringList bf16 = {"--set", "training.precision=bf16"};
        const Ended turing = headroomOn({{"FAKECUDA_CC", "75"}}, train("turing", "cuda") + bf16);
        QVERIFY2(turing.code == 0, qPrintable(turing.err));
        QVERIFY2(turing.err.contains("bf16 is fast only from 8.0"), qPrintable(turing.err));
        const Ended ampere = headroomOn({{"FAKECUDA_CC", "80"}}, train("ampere", "cuda") + bf16);
        QVERIFY2(ampere.code == 0, qPrintable(ampere.err));
        QVERIFY2(!ampere.err.contains("bf16"), qPrintable(ampere.err));
    }

    void separateAndEvaluateCheckTheDevice() {
        QVERIFY(headroomOn({}, train("model", "cpu")).code == 0);
        const QString song = QString::fromStdString(run_.root() + "/train/judge/vocals.wav");
        const QStringList model = {"--run", path("model"), "--device"};
        const QStringList separate = QStringList{"separate", song, "-o", path("stems")} + model;
        const Ended refused = headroomOn(oldDriver, separate + QStringList{"cuda"});
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.err.contains("driver is too old"), qPrintable(refused.err));
        QVERIFY(!fs::exists(path("stems").toStdString()));
        const Ended fallen = headroomOn(oldCard, separate + QStringList{"auto"});
        QVERIFY2(fallen.code == 0, qPrintable(fallen.err));
        QVERIFY2(fallen.err.contains("using the CPU: Fake is too old"), qPrintable(fallen.err));
        const Ended evaluated =
            headroomOn(noCard, QStringList{"evaluate", "--data", QString::fromStdString(run_.root()),
                                           "--split", "train"} +
                                   model + QStringList{"cuda"});
        QCOMPARE(evaluated.code, 2);
        QVERIFY2(evaluated.err.contains("finds no card"), qPrintable(evaluated.err));
    }

    void forecastReportsMissingCard() {
        const QStringList forecast = {"forecast", "--config", path("config.yaml")};
        const Ended here = headroomOn({}, forecast);
        QVERIFY2(here.code == 0, qPrintable(here.err));
        QVERIFY2(here.out.startsWith("Fake, 12.0 GiB"), qPrintable(here.out));
        QCOMPARE(here.err, QString());
        for (const Variables& machine : {oldDriver, oldCard, noCard}) {
            const Ended elsewhere = headroomOn(machine, forecast);
            QCOMPARE(elsewhere.code, 0);
            QVERIFY2(elsewhere.out.startsWith("RTX 4070"), qPrintable(elsewhere.out));
            QVERIFY2(elsewhere.err.contains("The forecast is for an RTX 4070"), qPrintable(elsewhere.err));
            QVERIFY(!headroomOn(machine, {"forecast", "--cards"}).out.contains("Fake"));
        }
    }

    /// --device means the same as for training.
    void forecastsForDevicesOfThisMachine() {
        const auto forecast = [&](const Variables& machine, const char* device) {
            return headroomOn(machine, {"forecast", "--config", path("config.yaml"), "--device", device});
        };
        for (const char* device : {"cuda", "auto", "cuda:0"}) {
            const Ended here = forecast({}, device);
            QVERIFY2(here.code == 0, qPrintable(here.err));
            QVERIFY2(here.out.startsWith("Fake, 12.0 GiB"), qPrintable(here.out));
        }
        QVERIFY(forecast(oldAndNewCard, "cuda").out.startsWith("Fake 2, "));
        const Ended fallen = forecast(noCard, "auto");
        QVERIFY2(fallen.out.startsWith("CPU, "), qPrintable(fallen.out));
        QVERIFY2(fallen.err.contains("using the CPU: "), qPrintable(fallen.err));
        const Ended refused = forecast(oldDriver, "cuda");
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.err.contains("driver is too old"), qPrintable(refused.err));
    }

private:
    QString path(const QString& name) const { return folder_.filePath(name); }

    QStringList train(const QString& run, const QString& device) const {
        return {"train",       "--config", path("config.yaml"), "--threads", "1", "--run", path(run),
                "--max-steps", "3",        "--device",          device};
    }

    test::TinyRun run_;
    QTemporaryDir folder_;
};

HEADROOM_TEST_MAIN(TestDevices)
#include "tst_devices.moc"
