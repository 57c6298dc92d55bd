// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/sum_shares.h"
#include "tests/core/kernels/cuda/token_checks.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;

/// Sums of shares by a CUDA kernel, emulated.
class TestSumShares : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addsAll_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("numbers");
        QTest::newRow("one share") << 1 << 5;
        QTest::newRow("fewer shares than threads") << 3 << 32;
        QTest::newRow("many shares") << 1000 << 33;
        QTest::newRow("many numbers") << 17 << 200;
    }
    void addsAll() {
        QFETCH(const int, count);
        QFETCH(const int, numbers);
        at::manual_seed(1);
        const at::Tensor shares = at::randn({count, numbers, 1});
        at::Tensor first;
        for (const auto order : allOrders) {
            const EmulatedKernels kernels(order);
            const at::Tensor sums = sumShares(shares);
            QVERIFY(isSummedInFloat(sums, shares.to(at::kDouble).sum(0)));
            if (!first.defined())
                first = sums;
            QVERIFY(sums.equal(first)); // the same bits in every order of threads
        }
    }
};

HEADROOM_TEST_MAIN(TestSumShares)
#include "tst_sum_shares.moc"
