// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/text/mark_text.h"

#include <limits>

using namespace headroom::ui;

class TestMarkText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The name of an option stays as it is written in a configuration.
    void detailsAreSentences() {
        const auto detail = [](const headroom::TrainingEvent& event) {
            return markText({.position = {}, .time = {}, .event = event}).detail;
        };
        QCOMPARE(detail(headroom::Notice{"epoch 3 was slow"}), QStringLiteral("Epoch 3 was slow"));
        QCOMPARE(detail(headroom::OptionChanged{50, "training.learning_rate", "0.0005", "0.0003"}),
                 QStringLiteral("training.learning_rate: 0.0005 → 0.0003, from step 50 on"));
    }

    void durationsHaveTwoUnits() {
        QCOMPARE(durationText(0.4), QStringLiteral("0 s"));
        QCOMPARE(durationText(65), QStringLiteral("1 min 5 s"));
        QCOMPARE(durationText(3600 + 120 + 5), QStringLiteral("1 h 2 min"));
        QCOMPARE(durationText(2 * 86400 + 3 * 3600), QStringLiteral("2 d 3 h"));
        QCOMPARE(durationText(std::numeric_limits<double>::infinity()), QStringLiteral("unknown"));
    }

    void stepTimesHaveThreeSignificantDigits() {
        QCOMPARE(stepTimeText(123.4), QStringLiteral("123 s"));
        QCOMPARE(stepTimeText(2.345), QStringLiteral("2.35 s"));
        QCOMPARE(stepTimeText(0.9996), QStringLiteral("1.00 s"));
        QCOMPARE(stepTimeText(0.0123), QStringLiteral("12.3 ms"));
        QCOMPARE(stepTimeText(0.00234), QStringLiteral("2.34 ms"));
        QCOMPARE(stepTimeText(2.9e-5), QStringLiteral("29.0 µs"));
        QCOMPARE(stepTimeText(9.996e-3), QStringLiteral("10.0 ms"));
        QCOMPARE(stepTimeText(0), QStringLiteral("0 s"));
    }
};

HEADROOM_UI_TEST_MAIN(TestMarkText)
#include "tst_mark_text.moc"
