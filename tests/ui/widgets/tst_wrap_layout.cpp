// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/widgets/wrap_layout.h"

using namespace headroom::ui;

namespace {

QWidget* box(QWidget& parent, int minimum, bool expands = false) {
    auto* widget = new QWidget(&parent);
    widget->setMinimumSize(minimum, 20);
    widget->setSizePolicy(expands ? QSizePolicy::Expanding : QSizePolicy::Fixed, QSizePolicy::Fixed);
    return widget;
}

struct Fixture {
    QWidget window;
    WrapLayout* layout = new WrapLayout(&window);
    QWidget* first = box(window, 100);
    QWidget* second = box(window, 50, true);
    QWidget* third = box(window, 80);

    Fixture() {
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(10);
        for (QWidget* widget : {first, second, third})
            layout->addWidget(widget);
        window.setMinimumSize(1, 1);
        window.show();
    }
    void resize(int width) {
        window.resize(width, layout->heightForWidth(width));
        layout->setGeometry(window.rect());
    }
};

} // namespace

class TestWrapLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fillsOneLineIfItFits() {
        Fixture f;
        f.resize(400);
        QCOMPARE(f.layout->heightForWidth(400), 20);
        QCOMPARE(f.second->geometry(), QRect(110, 0, 200, 20));
        QCOMPARE(f.third->geometry().right(), 399);
    }

    void continuesOnTheNextLine() {
        Fixture f;
        QCOMPARE(f.layout->heightForWidth(200), 50);
        f.resize(200);
        QCOMPARE(f.third->geometry(), QRect(0, 30, 80, 20));
        QCOMPARE(f.second->width(), 90);
    }

    void theMinimumWidthIsThatOfTheWidestItem() {
        Fixture f;
        QCOMPARE(f.layout->minimumSize().width(), 100);
    }

    void hiddenItemsTakeNoSpace() {
        Fixture f;
        f.second->hide();
        QCOMPARE(f.layout->heightForWidth(190), 20);
    }

    void insertsAtAPosition() {
        Fixture f;
        QWidget* inserted = box(f.window, 30);
        f.layout->insertWidget(1, inserted);
        QCOMPARE(f.layout->itemAt(1)->widget(), inserted);
        QCOMPARE(f.layout->itemAt(3)->widget(), f.third);
    }
};

HEADROOM_UI_TEST_MAIN(TestWrapLayout)
#include "tst_wrap_layout.moc"
