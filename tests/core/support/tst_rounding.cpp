// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/rounding.h"
#include "tests/support/strict_main.h"

#include <cstdint>
#include <limits>

using namespace headroom;

class TestRounding : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void roundsUpToTheNextMultiple() {
        for (std::int64_t unit = 1; unit <= 12; ++unit) {
            for (std::int64_t number = 0; number <= 40; ++number) {
                const std::int64_t rounded = roundUp(number, unit);
                QVERIFY(rounded % unit == 0 && rounded >= number && rounded < number + unit);
                QCOMPARE(divideUp(number, unit) * unit, rounded);
            }
        }
    }

    void doesNotOverflowNearTheLargestNumber() {
        const auto largest = std::numeric_limits<std::int64_t>::max();
        QCOMPARE(divideUp(largest, 2), largest / 2 + 1);
        QCOMPARE(divideUp(largest, largest), std::int64_t{1});
    }
};

HEADROOM_TEST_MAIN(TestRounding)
#include "tst_rounding.moc"
