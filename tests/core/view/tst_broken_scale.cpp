// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/broken_scale.h"
#include "tests/support/strict_main.h"

#include <cmath>

using headroom::BrokenScale;

class TestBrokenScale : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isLinearIfMuchIsUsed() {
        const BrokenScale scale(5, 8);
        QVERIFY(!scale.isBroken());
        QCOMPARE(scale.share(2), 0.25);
        QCOMPARE(scale.share(8), 1.0);
    }

    void enlargesASmallUsedPart() {
        const BrokenScale scale(300, 24000);
        QVERIFY(scale.isBroken());
        QCOMPARE(scale.share(0), 0.0);
        QCOMPARE(scale.share(300), BrokenScale::least);
        QCOMPARE(scale.share(150), BrokenScale::least / 2);
        QCOMPARE(scale.share(24000), 1.0);
        QVERIFY(scale.share(12000) > scale.kneeShare() && scale.share(12000) < 1);
    }

    /// The bar must not jump when a drag passes the point where the break appears.
    void isContinuousAtTheBreak() {
        const double limit = 10;
        const double border = BrokenScale::least * limit;
        const BrokenScale even(border + 1e-9, limit);
        const BrokenScale broken(border - 1e-9, limit);
        QVERIFY(!even.isBroken() && broken.isBroken());
        for (const double amount : {1.0, 3.9, 6.0, 9.0})
            QVERIFY(std::abs(even.share(amount) - broken.share(amount)) < 1e-6);
    }

    void acceptsZeroAndExcessiveUse() {
        QCOMPARE(BrokenScale(0, 0).share(0), 0.0);
        QCOMPARE(BrokenScale(20, 8).share(20), 1.0);
        QVERIFY(!BrokenScale(20, 8).isBroken());
    }
};

HEADROOM_TEST_MAIN(TestBrokenScale)
#include "tst_broken_scale.moc"
