// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "tests/oracle/fake_card.h"
#include "tests/support/strict_main.h"

#include <QProcess>

using namespace headroom;

/// The copies of offloaded inputs run beside the computation, and events order them with all that uses the
/// same memory, see fake_order.cpp.
class TestOffloadOrder : public QObject {
    Q_OBJECT

    /// The output of oracle_offload.
    static QString run(const QString& name) {
        QProcessEnvironment environment =
            test::fakeCard(findCard("RTX 4090").value(), std::int64_t{24} << 30);
        environment.insert("FAKECUDA_ORDER", "1");
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(ORACLE_OFFLOAD, {name});
        constexpr int timeout = 300'000; // ms; only a hanging program takes as long
        if (!process.waitForFinished(timeout))
            process.kill();
        return QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError()).trimmed();
    }

private Q_SLOTS:
    /// Each slice is copied out and back once: 1, 2, 3, 4 and 12 slices along time, and 10 along bands.
    void slices() {
        constexpr int alongTime = 1 + 2 + 3 + 4 + 12;
        constexpr int alongBands = 1 + 2 + 3 + 4 + 10;
        QCOMPARE(run("slices"),
                 QStringLiteral("%1 copies beside the computation").arg(2 * (alongTime + alongBands)));
    }

    void models() {
        const QString output = run("models");
        QVERIFY2(output.endsWith("copies beside the computation") && !output.startsWith("0 "),
                 qPrintable(output));
    }

    /// What a copy uses is not freed for the computation before its end.
    void errorsBetweenCopies() {
        const QString output = run("throwing");
        QVERIFY2(output.endsWith("copies beside the computation") && !output.startsWith("0 "),
                 qPrintable(output));
    }

    void noticesMissingEvents_data() {
        QTest::addColumn<QString>("operation");
        QTest::newRow("copy before it is computed") << "aten::copy_";
        QTest::newRow("copy into new memory") << "aten::copy_";
        QTest::newRow("free during a copy") << "free";
        QTest::newRow("change during a copy") << "aten::mul_";
    }
    void noticesMissingEvents() {
        QFETCH(QString, operation);
        const QString output = run(QTest::currentDataTag());
        QVERIFY2(output.startsWith(operation + " in stream") && output.contains("is not ordered after"),
                 qPrintable(output));
    }
};

HEADROOM_TEST_MAIN(TestOffloadOrder)
#include "tst_offload_order.moc"
