// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/text/time_text.h"

using namespace headroom;
using namespace headroom::ui;

namespace {

StepTime minutes(TimeSource source) {
    TrainingConfig training;
    training.gradientAccumulationSteps = 2;
    training.stepsPerEpoch = 200;
    training.numEpochs = 10;
    return stepTime({8.4, 11.7, 15}, source, training);
}

} // namespace

class TestTimeText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesTheSource() {
        QCOMPARE(epochText(std::optional(minutes(TimeSource::Published))),
                 QStringLiteral("about 14 to 25 min an epoch, not measured"));
        QCOMPARE(epochText(std::optional(minutes(TimeSource::Measured))),
                 QStringLiteral("about 14 to 25 min an epoch, measured"));
        QCOMPARE(epochText(std::optional<StepTime>()), QStringLiteral("time unknown"));
    }

    void equalEndsAreOneNumber() {
        QCOMPARE(timeText({5400, 5401, 5402}), QStringLiteral("1.5 h"));
        QCOMPARE(timeText({0.0123, 0.2, 0.3}), QStringLiteral("12 to 300 ms"));
    }

    void everyVerdictButDoesNotFitHasATime() {
        const std::optional<TimeRange> epoch = minutes(TimeSource::Published).epoch;
        QCOMPARE(verdictText(Verdict::Fits, epoch), QStringLiteral("fits, about 14 to 25 min an epoch"));
        QCOMPARE(verdictText(Verdict::Tight, {}), QStringLiteral("tight, time unknown"));
        QCOMPARE(verdictText(Verdict::DoesNotFit, epoch), QStringLiteral("does not fit"));
    }

    void detailsHaveAllTimesOrARemedy() {
        QCOMPARE(stepTimesText(minutes(TimeSource::Published)),
                 QStringLiteral(
                     "Step 4.2 to 7.5 s, update 8.4 to 15 s, epoch 14 to 25 min, run 2.3 to 4.2 h: from "
                     "the card's published figures, not measured"));
        QVERIFY(
            stepTimesText(minutes(TimeSource::Measured)).endsWith(QStringLiteral("measured on this device")));
        QVERIFY(stepTimesText({}).contains(QStringLiteral("headroom calibrate")));
    }
};

HEADROOM_UI_TEST_MAIN(TestTimeText)
#include "tst_time_text.moc"
