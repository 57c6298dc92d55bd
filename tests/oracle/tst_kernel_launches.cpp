// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "tests/oracle/fake_card.h"
#include "tests/support/strict_main.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

using namespace headroom;

/// driverLauncher() on the fake driver.
class TestKernelLaunches : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    QString cacheOf(const QString& name) const { return folder_.filePath(name); }

    /// The output of oracle_launch.
    QString launch(const QString& function, const QString& gridY = "1", const QString& sharedBytes = "0",
                   const QString& cache = "cache") const {
        QProcessEnvironment environment =
            test::fakeCard(findCard("RTX 4090").value(), std::int64_t{24} << 30);
        environment.insert("XDG_CACHE_HOME", cacheOf(cache));
        environment.insert("FAKECUDA_LAUNCHES", folder_.filePath("launches"));
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(ORACLE_LAUNCH, {"scan_forward", function, gridY, sharedBytes});
        constexpr int timeout = 300'000; // ms; only a hanging program takes as long
        if (!process.waitForFinished(timeout))
            process.kill();
        return QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError()).trimmed();
    }

    /// The functions that were started since the last call.
    QStringList launches() const {
        QFile file(folder_.filePath("launches"));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const QStringList names = QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts);
        file.remove();
        return names;
    }

    QStringList cubinsIn(const QString& cache) const {
        const QDir kernels(cacheOf(cache) + "/headroom/kernels");
        QStringList paths;
        for (const QString& name : kernels.entryList(QDir::Files))
            paths << kernels.filePath(name);
        return paths;
    }

private Q_SLOTS:
    void startsKernels() {
        QCOMPARE(launch("scanForward"), "started, 1 compiled");
        QCOMPARE(launches(), QStringList({"scanForward", "scanForward"}));
    }

    void compilesOnce() {
        launch("scanForward");
        QCOMPARE(launch("scanForward"), "started, 0 compiled");
    }

    void compilesAgainIfTheCacheIsDamaged() {
        launch("scanForward", "1", "0", "damaged");
        QFile cubin(cubinsIn("damaged").value(0));
        QVERIFY(cubin.open(QIODevice::ReadWrite));
        QVERIFY(cubin.seek(100) && cubin.write("?") == 1);
        cubin.close();
        QCOMPARE(launch("scanForward", "1", "0", "damaged"), "started, 1 compiled");
        QCOMPARE(launch("scanForward", "1", "0", "damaged"), "started, 0 compiled");
    }

    void compilesWithoutACache() {
        QVERIFY(QFile(cacheOf("file")).open(QIODevice::WriteOnly)); // in place of the folder
        for (int i = 0; i < 2; ++i)
            QCOMPARE(launch("scanForward", "1", "0", "file"), "started, 1 compiled");
    }

    void asksForMuchSharedMemory() { QCOMPARE(launch("scanForward", "1", "100000"), "started, 0 compiled"); }

    void reportsRefusedLaunches() {
        launches();
        QCOMPARE(launch("scanForward", "65536"),
                 "the kernel scanForward cannot be launched with 1 x 65536 x 1 "
                 "blocks of 256 threads: CUDA error 1 (fake)");
        QCOMPARE(launch("scanForward", "1", "150000"),
                 "the kernel scanForward cannot get 150000 bytes of shared memory: CUDA error 1 (fake)");
        QCOMPARE(launch("scanSideways"), "scan_forward.cu has no kernel scanSideways: CUDA error 500 (fake)");
        QCOMPARE(launches(), QStringList());
    }
};

HEADROOM_TEST_MAIN(TestKernelLaunches)
#include "tst_kernel_launches.moc"
