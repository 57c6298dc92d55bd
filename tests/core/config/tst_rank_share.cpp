// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/rank_share.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"

using namespace headroom;

namespace {

TrainingConfig accumulating(int steps) {
    TrainingConfig training;
    training.gradientAccumulationSteps = steps;
    return training;
}

} // namespace

class TestRankShare : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyDivisorsCanShare() {
        for (const int ranks : {1, 2, 3, 6})
            QVERIFY(canShareSteps(accumulating(6), ranks));
        for (const int ranks : {4, 5, 7, 12})
            QVERIFY(!canShareSteps(accumulating(6), ranks));
    }

    void namesTheNearestNumbers() {
        const auto message = [](int steps, int ranks) {
            return test::errorOf([&] { requireSharedSteps(accumulating(steps), ranks); });
        };
        QCOMPARE(message(6, 3), std::string());
        QVERIFY(message(6, 4).ends_with("are 4 and 8."));
        QVERIFY(message(9, 4).ends_with("are 8 and 12."));
        QVERIFY(message(3, 4).ends_with("is 4."));
    }

    void shareHasAPartOfTheSteps() {
        RunConfig config;
        config.training.gradientAccumulationSteps = 6;
        config.training.stepsPerEpoch = 100;
        const RunConfig share = shareOfRank(config, 3);
        QCOMPARE(share.training.gradientAccumulationSteps, 2);
        QCOMPARE(share.training.stepsPerEpoch, 34);
        RunConfig other = share;
        other.training = config.training;
        QVERIFY(other == config);
        QVERIFY(shareOfRank(config, 1) == config);
    }
};

HEADROOM_TEST_MAIN(TestRankShare)
#include "tst_rank_share.moc"
