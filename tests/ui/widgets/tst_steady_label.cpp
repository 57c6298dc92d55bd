// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/event_count.h"
#include "tests/support/strict_ui_main.h"
#include "ui/accessibility/accessible_label.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/steady_label.h"

#include <QHBoxLayout>

using namespace headroom::ui;
using headroom::test::EventCount;

namespace {

/// A label in a window.
template <typename Label>
struct Row {
    QWidget window;
    Label* label = new Label;

    Row() {
        auto* row = new QHBoxLayout(&window);
        row->addWidget(label);
        row->addStretch(1);
        window.resize(600, 60);
        window.show();
        QCoreApplication::sendPostedEvents();
    }

    /// Number of layouts that a change causes.
    template <typename Change>
    int layouts(Change change) {
        EventCount requests(window, QEvent::LayoutRequest);
        change(*label);
        QCoreApplication::sendPostedEvents();
        return requests.count;
    }
};

} // namespace

class TestSteadyLabel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void causesLayoutsOnlyWhenItGrows() {
        Row<SteadyLabel> row;
        const auto showText = [&row](const QString& text) {
            return row.layouts([&text](SteadyLabel& label) { label.showText(text); });
        };
        QVERIFY(showText(QStringLiteral("Step 1000")) > 0);
        QCOMPARE(showText(QStringLiteral("Step 1")), 0);
        QCOMPARE(row.label->text(), QStringLiteral("Step 1"));
        const int width = row.label->width();
        QVERIFY(showText(QStringLiteral("Step 1000000")) > 0);
        QVERIFY(row.label->width() > width);
        QVERIFY(row.label->width() >= row.label->sizeHint().width());
    }

    void shrinksWithASmallerFont() {
        Row<SteadyLabel> row;
        row.label->showText(QStringLiteral("Does not fit"));
        const int width = row.label->minimumWidth();
        QFont small = row.label->font();
        small.setPointSizeF(small.pointSizeF() / 2);
        row.label->setFont(small);
        QVERIFY(row.label->minimumWidth() < width);
    }

    void elidedLabelsCauseNoLayout() {
        Row<ElidedLabel> row;
        for (const auto* text : {"a", "a line that is too long for the width of the window, "
                                      "which is 600 pixels wide, so that it ends with dots"})
            QCOMPARE(row.layouts([text](ElidedLabel& label) { label.setText(QString::fromLatin1(text)); }),
                     0);
        QVERIFY(
            AccessibleLabel<ElidedLabel>(row.label).text(QAccessible::Name).endsWith(QStringLiteral("dots")));
    }
};

HEADROOM_UI_TEST_MAIN(TestSteadyLabel)
#include "tst_steady_label.moc"
