// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/memory/timeline_text.h"

using namespace headroom;
using namespace headroom::ui;

class TestTimelineText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void describesSpanByPhaseAndModule_data() {
        QTest::addColumn<TimelineSpan>("span");
        QTest::addColumn<QString>("text");
        QTest::newRow("forward") << TimelineSpan{.phase = "forward", .module = "stft"} << "forward of stft";
        QTest::newRow("backward") << TimelineSpan{.phase = "backward", .module = "dual_path.1"}
                                  << "backward of dual_path.1";
        QTest::newRow("between modules") << TimelineSpan{.phase = "backward"} << "backward";
        QTest::newRow("step of the run")
            << TimelineSpan{.phase = "next_step", .module = "backward"} << "Next steps, backward";
        QTest::newRow("phase of the run") << TimelineSpan{.phase = "trial"} << "trial of validation";
        QTest::newRow("update") << TimelineSpan{.phase = "update"} << "update";
    }
    void describesSpanByPhaseAndModule() {
        QFETCH(TimelineSpan, span);
        QFETCH(QString, text);
        QCOMPARE(spanText(span), text);
    }

    void saysWhatAPauseLeaves() {
        Forecast forecast;
        QVERIFY(!phasesText(forecast).contains(QStringLiteral("paused")));
        forecast.paused = {1 << 20, 2 << 20};
        QVERIFY(phasesText(forecast).endsWith(QStringLiteral("; while paused 2 MiB")));
    }
};

HEADROOM_UI_TEST_MAIN(TestTimelineText)
#include "tst_timeline_text.moc"
