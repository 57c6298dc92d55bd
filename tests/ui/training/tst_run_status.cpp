// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/session/training_thread.h"
#include "tests/support/scripted_loop.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/config_model.h"
#include "ui/runs/run_model.h"
#include "ui/training/run_status.h"
#include "ui/widgets/steady_label.h"

#include <QStatusBar>

using namespace headroom;
using namespace headroom::ui;

namespace {

/// A status bar with a run of these events.
class StatusBench {
public:
    explicit StatusBench(std::vector<TrainingEvent> events)
        : run(std::make_unique<TrainingThread>(std::make_unique<test::ScriptedLoop>(std::move(events))),
              config),
          status(run, bar) {
        run.startNew(QStringLiteral("/nowhere/run"));
    }

    /// The field with this name.
    SteadyLabel& field(const QString& name) {
        for (auto* label : bar.findChildren<SteadyLabel*>()) {
            if (label->accessibleName() == name)
                return *label;
        }
        throw std::runtime_error("there is no field " + name.toStdString());
    }

    QStatusBar bar;
    ConfigModel config;
    RunModel run;
    RunStatus status;
};

constexpr std::int64_t gibibyte = std::int64_t{1} << 30;

} // namespace

class TestRunStatus : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsTheFullestRank() {
        StatusBench bench({Started{.totalSteps = 100, .ranks = 3},
                           StepDone{.step = 6, .forwardSeconds = 1, .backwardSeconds = 2},
                           RanksDone{.step = 6,
                                     .batchSize = 4,
                                     .updateSteps = 6,
                                     .exchangeSeconds = 1,
                                     .peakReserved = {2 * gibibyte, 5 * gibibyte, 3 * gibibyte}}});
        SteadyLabel& ranks = bench.field(QStringLiteral("Ranks"));
        QTRY_COMPARE(ranks.text(), QStringLiteral("3 ranks, rank 1: 5.0 GiB, exchange 25.0 %"));
        const QStringList lines = ranks.toolTip().split('\n');
        QCOMPARE(lines.value(0), QStringLiteral("Effective batch 24: batches of 4, 6 steps, 3 ranks"));
        QCOMPARE(lines.mid(1, 3), (QStringList{"rank 1: 5.0 GiB", "rank 2: 3.0 GiB", "rank 0: 2.0 GiB"}));
    }

    void hidesRanksOfASingleOne() {
        StatusBench bench({Started{.totalSteps = 100}, StepDone{.step = 1}});
        QTRY_COMPARE(bench.field(QStringLiteral("Step")).text(), QStringLiteral("Step 1"));
        QVERIFY(bench.field(QStringLiteral("Ranks")).isHidden());
    }
};

HEADROOM_UI_TEST_MAIN(TestRunStatus)
#include "tst_run_status.moc"
