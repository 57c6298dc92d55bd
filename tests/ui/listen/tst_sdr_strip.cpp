// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "tests/ui/listen/listen_fixture.h"
#include "ui/listen/sdr_row.h"
#include "ui/listen/sdr_strip.h"
#include "ui/listen/time_axis.h"
#include "ui/theme/theme.h"

#include <QLabel>

#include <limits>

using namespace headroom;
using namespace headroom::ui;

namespace {

/// A strip of five seconds, each 100 pixels wide.
struct Strip {
    Theme theme{Theme::Mode::Dark};
    TimeAxis axis;
    SdrStrip strip{axis, theme};

    Strip() {
        axis.setSong(5000, 1000);
        axis.setWidth(500);
        strip.resize(500, 120);
    }
    void show(const std::vector<double>& a, bool bIsGroundTruth = false) {
        SdrAnswer answer;
        for (const double decibels : a)
            answer.seconds.push_back({decibels, 1, 1});
        strip.show({{{answer}, {{}, bIsGroundTruth}}}, 0, false);
    }
    QImage picture() { return strip.grab().toImage(); }
    static int count(const QImage& picture, const QColor& color, const QRect& area) {
        int found = 0;
        for (int y = area.top(); y <= area.bottom(); ++y)
            for (int x = area.left(); x <= area.right(); ++x)
                found += picture.pixelColor(x, y) == color ? 1 : 0;
        return found;
    }
};

} // namespace

class TestSdrStrip : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void barsBeyondTheScaleEndWithAnArrow() {
        Strip f;
        const QRect second(100, 0, 100, 120);
        const QColor arrow = f.theme.palette().text;
        f.show({5, -9, 5});
        QCOMPARE(Strip::count(f.picture(), arrow, second), 0);
        f.show({5, -25.3, 5});
        QVERIFY(Strip::count(f.picture(), arrow, second) > 5);
        f.show({5, std::numeric_limits<double>::infinity(), 5});
        QVERIFY(Strip::count(f.picture(), arrow, second) > 5);
    }

    void theGroundTruthHasNoBars() {
        test::ListenFixture fixture;
        fixture.compare(0.25F, 0.1F);
        auto& row = *fixture.page->findChild<SdrRow*>();
        auto& strip = *row.findChild<SdrStrip*>();
        fixture.model().slot(1).setSource({ListenSource::Kind::GroundTruth, {}, "Ground truth", {}});
        QTRY_VERIFY(fixture.model().metering(1).sdr());
        fixture.key(Qt::Key_B);
        QCOMPARE(fixture.model().heard(), ListenModel::B);
        QVERIFY(!strip.worst());
        QVERIFY(!row.worst());
        const QImage picture = strip.grab().toImage();
        QCOMPARE(Strip::count(picture, fixture.theme.palette().series[1], picture.rect()), 0);
        QStringList texts;
        for (const QLabel* label : row.findChildren<QLabel*>())
            texts << label->text();
        QVERIFY(texts.filter(QChar(0x221E)).isEmpty()); // no infinity sign
        QVERIFY(!texts.filter(QStringLiteral("cSDR: A")).isEmpty());
    }
};

HEADROOM_UI_TEST_MAIN(TestSdrStrip)
#include "tst_sdr_strip.moc"
