// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "tests/ui/listen/listen_fixture.h"
#include "ui/listen/lane_header.h"
#include "ui/listen/transport_bar.h"
#include "ui/widgets/table_dialog.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QSlider>
#include <QTableView>
#include <QToolButton>

using namespace headroom;
using namespace headroom::ui;

class TestListenPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keysControlLanesAndTransport() {
        test::ListenFixture fixture;
        fixture.compare(0.25F, 0.1F);
        const int stem = fixture.laneOf(Lane::Role::Stem);
        QVERIFY(fixture.model().lanes()[stem].solo);
        fixture.key(Qt::Key_S); // the current lane is the soloed one
        QVERIFY(!fixture.model().lanes()[stem].solo);
        fixture.key(Qt::Key_M);
        QVERIFY(fixture.model().lanes()[stem].mute);
        fixture.key(Qt::Key_Plus);
        QCOMPARE(fixture.model().lanes()[stem].gain, 1.0);
        fixture.key(Qt::Key_Minus);
        fixture.key(Qt::Key_Minus);
        QCOMPARE(fixture.model().lanes()[stem].gain, -1.0);
        fixture.key(Qt::Key_1);
        fixture.key(Qt::Key_S, Qt::ShiftModifier);
        QVERIFY(fixture.model().lanes()[stem].solo && !fixture.model().lanes()[0].solo);
        fixture.key(Qt::Key_End);
        QCOMPARE(fixture.page->axis().playHead(), std::int64_t{10000});
        fixture.key(Qt::Key_Home);
        QCOMPARE(fixture.page->axis().playHead(), std::int64_t{0});
        fixture.key(Qt::Key_Right);
        QCOMPARE(fixture.page->axis().playHead(), std::int64_t{1000});
    }

    void laneTableHasTheLevels() {
        test::ListenFixture fixture;
        fixture.compare(0.25F, 0.1F);
        fixture.key(Qt::Key_1); // also solos the mixture; the stem stays the current lane
        QCoreApplication::processEvents();
        const auto table = [&] {
            fixture.key(Qt::Key_T);
            auto* dialog = fixture.page->findChild<TableDialog*>();
            const auto* view = dialog->findChild<QTableView*>();
            const TableData numbers = static_cast<const TableDataModel*>(view->model())->table();
            delete dialog;
            return numbers;
        };
        const auto tiles = [&] { return !table().rows.at(1).at(4).isEmpty(); };
        QTRY_VERIFY(tiles()); // spectrogram tiles arrive after the first paint
        const TableData whole = table();
        QCOMPARE(whole.rows.size(), std::size_t{1 + 10}); // seconds
        QCOMPARE(whole.header.size(), 4 + 8);
        // All samples are 0.25. All tiles have level 200, which is (200 - 255) / 2 dB.
        QCOMPARE(whole.rows[10].mid(0, 5), QStringList({"0:09", "-12.0", "-12.0", "", "-27.5"}));
        fixture.page->axis().zoom(4, 0);
        QCOMPARE(table().rows.size(), std::size_t{1 + 25}); // tenths
    }

    void laneTableShowsLoudnessOnceMeasured() {
        test::ListenFixture fixture;
        fixture.compare(0.25F, 0.1F);
        fixture.key(Qt::Key_T);
        const auto* view = fixture.page->findChild<TableDialog*>()->findChild<QTableView*>();
        const auto all = [view](int column) { return view->model()->index(0, column).data().toString(); };
        QCOMPARE(all(0), QStringLiteral("all"));
        QCOMPARE(all(3), QString());
        QTRY_COMPARE(all(3), QStringLiteral("-12.0")); // the loudness that the service reports for 0.25
    }

    void loopsTheWorstSecond() {
        test::ListenFixture fixture;
        fixture.compare(0.25F, 0.1F);
        fixture.key(Qt::Key_W);
        QCOMPARE(*fixture.page->axis().selection(), (TimeAxis::Range{2000, 5000}));
        QCOMPARE(fixture.page->player().mixer().position(), std::int64_t{2000});
        Mixer& mixer = fixture.page->player().mixer();
        mixer.play();
        std::vector<float> out(2 * 3001);
        mixer.render(out);
        QCOMPARE(mixer.position(), std::int64_t{2001});
        fixture.key(Qt::Key_Escape);
        QVERIFY(!fixture.page->axis().selection());
    }

    void keysSetTheLoop() {
        test::ListenFixture fixture;
        fixture.openSong();
        fixture.key(Qt::Key_Right);
        fixture.key(Qt::Key_Right);
        fixture.key(Qt::Key_I);
        QCOMPARE(*fixture.page->axis().selection(), (TimeAxis::Range{2000, 10000}));
        fixture.key(Qt::Key_Right);
        fixture.key(Qt::Key_BracketRight);
        QCOMPARE(*fixture.page->axis().selection(), (TimeAxis::Range{2000, 3000}));
        Mixer& mixer = fixture.page->player().mixer();
        mixer.seek(2000);
        mixer.play();
        std::vector<float> out(2 * 1001);
        mixer.render(out);
        QCOMPARE(mixer.position(), std::int64_t{2001});
    }

    void tabVisitsTheLanesFromTopToBottom() {
        test::ListenFixture fixture;
        fixture.compare(0.25F, 0.1F);
        fixture.page->activateWindow();
        fixture.page->setFocus();
        std::vector<const QWidget*> visited;
        for (int i = 0; i < 200; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            const QWidget* here = QApplication::focusWidget();
            if (here == nullptr || std::ranges::find(visited, here) != visited.end())
                break;
            visited.push_back(here);
        }
        const auto positionOf = [&](const QWidget* widget) {
            return std::ranges::find(visited, widget) - visited.begin();
        };
        const auto headers = fixture.page->findChildren<LaneHeader*>();
        const auto* panel = fixture.page->findChild<QComboBox*>(); // the songs
        const auto* transport = fixture.page->findChild<TransportBar*>()->findChild<QToolButton*>();
        std::ptrdiff_t last = positionOf(panel);
        for (const LaneHeader* header : headers) {
            const auto buttons = header->findChildren<QToolButton*>();
            QCOMPARE(buttons.size(), 2); // solo and mute
            for (const QWidget* control :
                 {static_cast<QWidget*>(buttons[0]), static_cast<QWidget*>(buttons[1]),
                  static_cast<QWidget*>(header->findChild<QSlider*>())}) {
                QVERIFY2(positionOf(control) < std::ssize(visited), qPrintable(control->accessibleName()));
                QVERIFY2(positionOf(control) > last, qPrintable(control->accessibleName()));
                last = positionOf(control);
            }
        }
        QVERIFY(positionOf(transport) > last);
    }

    void everyControlHasAnAccessibleName() {
        test::ListenFixture fixture;
        fixture.compare(0.25F, 0.1F);
        for (const QWidget* widget : fixture.page->findChildren<QWidget*>()) {
            const bool isControl = widget->focusPolicy() != Qt::NoFocus && widget->isVisible();
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const bool isNamed = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            QVERIFY2(!isControl || isNamed, widget->metaObject()->className());
        }
    }
};

HEADROOM_UI_TEST_MAIN(TestListenPage)
#include "tst_listen_page.moc"
