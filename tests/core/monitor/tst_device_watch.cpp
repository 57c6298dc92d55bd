// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/monitor/device_watch.h"
#include "tests/support/strict_main.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <unistd.h>

using namespace headroom;

namespace {

/// A pretended /proc.
class FakeProc {
public:
    void write(const QString& name, const QString& text) const {
        QDir().mkpath(QFileInfo(folder_.filePath(name)).path());
        QFile file(folder_.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0)
            qFatal("cannot write");
    }
    std::string path() const { return folder_.path().toStdString(); }

private:
    QTemporaryDir folder_;
};

} // namespace

class TestDeviceWatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { qunsetenv("FAKE_NVML"); }

    /// Half of the time the card is hot and another program uses it.
    void watchesACard() {
        FakeProc proc;
        proc.write(QStringLiteral("1/comm"), QStringLiteral("blender\n"));
        DeviceWatch watch(c10::kMeta,
                          {.nvml = HEADROOM_FAKE_NVML, .proc = proc.path(), .busId = "0000:01:00.0"});
        watch.sample();
        qputenv("FAKE_NVML", "cool");
        watch.sample();
        const DeviceLoad load = watch.take();
        QCOMPARE(load.others, 0.2);
        QCOMPARE(load.busiest, std::string("blender (process 1)"));
        QCOMPARE(load.hot, 0.5);
        QCOMPARE(load.atPowerLimit, 0.5);
        QCOMPARE(load.lackingPower, 0.0);
        QCOMPARE(load.clock, (1500.0 + 2400.0) / 2);
        QCOMPARE(load.temperature, 87);
        QCOMPARE(load.powerLimit, 200.0);

        watch.sample(); // only what was seen since then
        const DeviceLoad next = watch.take();
        QCOMPARE(next.hot, 0.0);
        QCOMPARE(next.others, 0.0);
        QVERIFY(next.busiest.empty());
        QCOMPARE(next.clock, 2400.0);
    }

    void knowsNothingWithoutADriver() {
        const FakeProc proc;
        DeviceWatch watch(c10::kMeta,
                          {.nvml = "libheadroom-no-such-library.so", .proc = proc.path(), .busId = "x"});
        watch.sample();
        const DeviceLoad load = watch.take();
        QCOMPARE(load.hot, 0.0);
        QCOMPARE(load.clock, 0.0);
        QCOMPARE(load.swapped, std::int64_t(0));
    }

    /// Of 1000 ticks, others take 500 and nobody the rest; this process takes next to nothing.
    void watchesTheCpu() {
        FakeProc proc;
        proc.write(QStringLiteral("stat"), QStringLiteral("cpu 1000000 0 0 2000000 0 0 0 0 7 7\ncpu0 1\n"));
        proc.write(QStringLiteral("vmstat"), QStringLiteral("nr_free 5\npswpin 10\npswpout 20\n"));
        DeviceWatch watch(c10::kCPU, {.proc = proc.path()});
        proc.write(QStringLiteral("stat"),
                   QStringLiteral("cpu 1300000 100000 50000 2400000 100000 25000 25000 0 9 9\n"));
        proc.write(QStringLiteral("vmstat"), QStringLiteral("nr_free 5\npswpin 13\npswpout 27\n"));
        const DeviceLoad load = watch.take();
        QVERIFY2(load.others > 0.49 && load.others <= 0.5, qPrintable(QString::number(load.others)));
        QCOMPARE(load.swapped, std::int64_t{10} * sysconf(_SC_PAGESIZE));
    }
};

HEADROOM_TEST_MAIN(TestDeviceWatch)
#include "tst_device_watch.moc"
