// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/listen/level_meter.h"
#include "ui/theme/theme.h"

using namespace headroom::ui;

class TestLevelMeter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void barDecays() {
        const Theme theme{Theme::Mode::Dark};
        LevelMeter meter(theme);
        QVERIFY(!meter.isLit());
        meter.show(0.5F, 0);
        QVERIFY(meter.isLit());
        QTRY_VERIFY_WITH_TIMEOUT(!meter.isLit(), 20000);
        QVERIFY(!meter.toolTip().isEmpty()); // the highest peak stays
    }

    void clearRemovesBarsAndMark() {
        const Theme theme{Theme::Mode::Dark};
        LevelMeter meter(theme);
        meter.show(0.5F, 0.5F);
        meter.clear();
        QVERIFY(!meter.isLit());
        QVERIFY(meter.toolTip().isEmpty());
    }
};

HEADROOM_UI_TEST_MAIN(TestLevelMeter)
#include "tst_level_meter.moc"
