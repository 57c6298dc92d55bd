// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/listen/time_axis.h"

#include <QSignalSpy>

#include <cmath>

using namespace headroom::ui;

class TestTimeAxis : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsTheWholeSongUntilZoomed() {
        TimeAxis axis;
        axis.setSong(441000, 44100);
        axis.setWidth(1000);
        QCOMPARE(axis.framesPerPixel(), 441.0);
        axis.setWidth(500);
        QCOMPARE(axis.framesPerPixel(), 882.0);
        axis.zoom(2, 0);
        axis.setWidth(1000);
        QCOMPARE(axis.framesPerPixel(), 441.0); // zoomed, although the whole song is visible
        QCOMPARE(axis.frameAt(1000), std::int64_t{441000});
    }

    void zoomKeepsThePixelUnderTheCursor() {
        TimeAxis axis;
        axis.setSong(1000000, 44100);
        axis.setWidth(800);
        for (const double factor : {1.5, 3.0, 7.0, 0.5}) {
            const double frame = axis.begin() + 300 * axis.framesPerPixel();
            axis.zoom(factor, 300);
            QVERIFY(std::abs(axis.xOf(frame) - 300) < 1e-6);
        }
    }

    void neverLeavesTheSong() {
        TimeAxis axis;
        axis.setSong(100000, 44100);
        axis.setWidth(800);
        for (int i = 0; i < 300; ++i) {
            axis.zoom(i % 3 == 0 ? 0.4 : 1.9, (i * 37) % 800);
            axis.scroll((i % 2 == 0 ? 1 : -1) * 900);
            QVERIFY(axis.begin() >= 0);
            QVERIFY(axis.begin() + 800 * axis.framesPerPixel() <= 100000 + 1e-6);
        }
        axis.fit();
        QCOMPARE(axis.begin(), 0.0);
        QCOMPARE(axis.framesPerPixel(), 125.0);
    }

    void revealScrollsOnlyIfNeeded() {
        TimeAxis axis;
        axis.setSong(100000, 44100);
        axis.setWidth(100);
        axis.zoom(10, 0);
        QSignalSpy views(&axis, &TimeAxis::viewChanged);
        axis.reveal(5000);
        QCOMPARE(views.size(), 0);
        axis.reveal(30000);
        QCOMPARE(views.size(), 1);
        QVERIFY(axis.xOf(30000) >= 0 && axis.xOf(30000) <= 100);
    }

    void selectionStaysInTheSong() {
        TimeAxis axis;
        axis.setSong(1000, 44100);
        QSignalSpy changes(&axis, &TimeAxis::selectionChanged);
        axis.select(TimeAxis::Range{-50, 400});
        QCOMPARE(*axis.selection(), (TimeAxis::Range{0, 400}));
        axis.select(TimeAxis::Range{0, 400});
        QCOMPARE(changes.size(), 1);
        axis.select(TimeAxis::Range{900, 900});
        QVERIFY(!axis.selection());
    }

    void formatsTimes() {
        QCOMPARE(timeText(62.3456, 3), QStringLiteral("1:02.345"));
        QCOMPARE(timeText(0, 0), QStringLiteral("0:00"));
        QCOMPARE(timeText(59.9996, 2), QStringLiteral("0:59.99"));
        QCOMPARE(timeText(13.482, 3), QStringLiteral("0:13.482"));
        QCOMPARE(timeText(3600, 1), QStringLiteral("60:00.0"));
    }
};

HEADROOM_UI_TEST_MAIN(TestTimeAxis)
#include "tst_time_axis.moc"
