// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/listen/seconds_table.h"

#include <QAbstractItemModelTester>

using namespace headroom;
using namespace headroom::ui;

class TestSecondsTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsEverySecondOfBothSources() {
        SdrAnswer a;
        a.seconds = {{12.34, 0.01, 0.001}, {std::nullopt, 0, 0.1}};
        SdrAnswer b;
        b.seconds = {{3, 0.01, 0.01}};
        const TableData table = secondsTable({a, b});
        QCOMPARE(table.header.size(), 7);
        QCOMPARE(table.rows[0], (QStringList{"0", "12.3", "-30.0", "-20.0", "3.0", "-20.0", "-20.0"}));
        QCOMPARE(table.rows[1], (QStringList{"1", "", "-10.0", "-inf", "", "", ""}));
        QVERIFY(table.csv().contains(QStringLiteral("\n1,,-10.0,-inf,,,\n")));
        TableDataModel model(table);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.index(1, 2).data().toString(), QStringLiteral("-10.0"));
    }

    void sourceWithoutSdrHasNoColumns() {
        SdrAnswer b;
        b.seconds = {{3, 0.01, 0.01}};
        const TableData table = secondsTable({std::nullopt, b});
        QCOMPARE(table.header.size(), 4);
        QVERIFY(table.header[1].contains(QLatin1Char('B')));
        QVERIFY(secondsTable({}).rows.empty());
    }
};

HEADROOM_UI_TEST_MAIN(TestSecondsTable)
#include "tst_seconds_table.moc"
