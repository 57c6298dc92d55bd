// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/widgets/overflow_row.h"

#include <QLabel>

using namespace headroom::ui;

class TestOverflowRow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsOnlyWhatFits() {
        OverflowRow row;
        std::vector<QLabel*> labels;
        for (const char* text : {"first", "second", "third"}) {
            labels.push_back(new QLabel(QString::fromLatin1(text)));
            labels.back()->setFixedSize(100, 20);
            row.addWidget(labels.back());
        }
        row.resize(250, 20);
        row.show();
        QCOMPARE(labels[1]->x(), 100);
        QVERIFY(labels[2]->x() >= 250);
        row.resize(300, 20);
        QCOMPARE(labels[2]->x(), 200);
        labels[0]->hide();
        QTRY_COMPARE(labels[2]->x(), 100);
        QVERIFY(row.minimumSizeHint().width() < 200);
        QCOMPARE(row.sizeHint().width(), 200);
    }
};

HEADROOM_UI_TEST_MAIN(TestOverflowRow)
#include "tst_overflow_row.moc"
