// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/train/trainer_fixture.h"
#include "tests/support/strict_main.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <variant>

using namespace headroom;
using test::RunOutcome;

class TestEarlyStop : public QObject, private test::TrainerFixture {
    Q_OBJECT

    static bool saysSo(const RunOutcome& outcome) {
        return std::ranges::any_of(outcome.all<Notice>(), [](const Notice& notice) {
            return test::contains(notice.text, "the run ends early");
        });
    }

private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }
    void init() {
        reset();
        config_.training.numEpochs = 40;
        config_.training.learningRate = 0.3; // too high: the score soon stops improving
    }

    void endsAfterValidationsWithoutABetterScore() {
        config_.training.earlyStopPatience = 2;
        const RunOutcome outcome = test::train(config_, folder_, 0);
        QVERIFY(std::holds_alternative<Finished>(outcome.end));
        QVERIFY(saysSo(outcome));
        const auto validations = outcome.all<ValidationDone>();
        QVERIFY(validations.size() < 40);
        int waited = 0;
        for (std::size_t i = 0; i < validations.size(); ++i) {
            waited = validations[i].best ? 0 : waited + 1;
            QCOMPARE(waited == 2, i + 1 == validations.size());
        }
        QCOMPARE(test::newestCheckpoint(folder_).state.progress.step, validations.back().step);
    }

    void keepsCountingWhenResumed() {
        config_.training.earlyStopPatience = 2;
        const RunOutcome whole = test::train(config_, folder_, 0);
        reset();
        config_.training.numEpochs = 40;
        config_.training.learningRate = 0.3;
        config_.training.earlyStopPatience = 2;
        const std::int64_t last = whole.all<ValidationDone>().back().step;
        test::train(config_, folder_, last - 1);
        const RunOutcome rest = test::train(config_, folder_, 0, true);
        QVERIFY(std::holds_alternative<Finished>(rest.end));
        QCOMPARE(rest.all<StepDone>().back().step, last);
        QVERIFY(saysSo(rest));
    }

    /// Raising the patience continues a run that has ended early.
    void continuesWithMorePatience() {
        config_.training.earlyStopPatience = 1;
        test::train(config_, folder_, 0);
        const RunOutcome again = test::train(config_, folder_, 0, true);
        QVERIFY(std::holds_alternative<Finished>(again.end));
        QVERIFY(again.all<StepDone>().empty());
        QVERIFY(saysSo(again));
        config_.training.earlyStopPatience = 0;
        const RunOutcome more = test::train(config_, folder_, 40 * 5, true);
        QCOMPARE(more.all<StepDone>().back().step, std::int64_t(40 * 5));
        QVERIFY(!saysSo(more));
    }
};

HEADROOM_TEST_MAIN(TestEarlyStop)
#include "tst_early_stop.moc"
