// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QFocusFrame>
#include <QHBoxLayout>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTextBrowser>
#include <QTreeWidget>

using namespace headroom::ui;

namespace {

/// Two widgets in a window, the first with the focus.
struct Fixture {
    Theme theme{Theme::Mode::Dark};
    QWidget window;
    QWidget* first;
    QPushButton* second = new QPushButton(QStringLiteral("second"));

    explicit Fixture(QWidget* widget) : first(widget) {
        auto* row = new QHBoxLayout(&window);
        row->setContentsMargins(20, 20, 20, 20);
        row->addWidget(first);
        row->addWidget(second);
        window.show();
        [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(&window);
        first->setFocus(Qt::TabFocusReason);
    }

    /// The color of the pixel left of the first widget.
    QColor colorBesideFirst() {
        const QPoint edge = first->mapTo(&window, QPoint(-1, first->height() / 2));
        return window.grab().toImage().pixelColor(edge);
    }
};

} // namespace

class TestFocus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tabLeavesViewsAndTextEditors_data() {
        QTest::addColumn<QWidget*>("widget");
        QTest::newRow("table") << static_cast<QWidget*>(new QTableWidget(20, 4));
        QTest::newRow("tree") << static_cast<QWidget*>(new QTreeWidget);
        QTest::newRow("list") << static_cast<QWidget*>(new QListView);
        QTest::newRow("text") << static_cast<QWidget*>(new QTextEdit);
        QTest::newRow("plain text") << static_cast<QWidget*>(new QPlainTextEdit);
        QTest::newRow("help") << static_cast<QWidget*>(new QTextBrowser);
    }
    void tabLeavesViewsAndTextEditors() {
        QFETCH(QWidget*, widget);
        Fixture f(widget);
        QVERIFY(widget->hasFocus());
        QTest::keyClick(widget, Qt::Key_Tab);
        QVERIFY(f.second->hasFocus());
        QTest::keyClick(f.second, Qt::Key_Backtab);
        QVERIFY(widget->hasFocus());
    }

    void onlyTheFocusedWidgetHasARing() {
        for (const bool checked : {false, true}) {
            auto* button = new QPushButton(QStringLiteral("first"));
            button->setCheckable(true);
            button->setChecked(checked);
            Fixture f(button);
            const QColor accent = f.theme.palette().accent;
            QCOMPARE(f.colorBesideFirst(), accent);
            f.second->setFocus();
            QVERIFY(f.colorBesideFirst() != accent);
            // no ring when hovered
            QTest::mouseMove(button, button->rect().center());
            QVERIFY(f.colorBesideFirst() != accent);
        }
    }

    void theRingIsDeletedWithItsWindow() {
        const Theme theme(Theme::Mode::Dark);
        for (int i = 0; i < 3; ++i) {
            QWidget window;
            auto* box = new QCheckBox(QStringLiteral("box"), &window);
            window.show();
            QVERIFY(QTest::qWaitForWindowActive(&window));
            box->setFocus(Qt::TabFocusReason);
            QVERIFY(window.findChild<QFocusFrame*>() != nullptr);
        }
    }
};

HEADROOM_UI_TEST_MAIN(TestFocus)
#include "tst_focus.moc"
