// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/session/training_thread.h"
#include "tests/support/scripted_loop.h"
#include "tests/support/strict_ui_main.h"
#include "ui/bridge/run_archive.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/configuration_table.h"
#include "ui/runs/run_chooser.h"
#include "ui/runs/run_model.h"
#include "ui/runs/runs_page.h"
#include "ui/runs/runs_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"

#include <QAbstractItemModelTester>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <qcustomplot.h>

using namespace headroom;
using namespace headroom::ui;

namespace {

/// Answers immediately; listings while `hold` is set only when the test calls `held`.
class ScriptedStore final : public RunStore {
public:
    void list(std::uint64_t number, std::vector<std::string>,
              std::function<void(const RunList&)> answer) override {
        if (hold)
            held.push_back([=, list = runs] { answer({number, list}); });
        else
            answer({number, runs});
    }
    void read(std::uint64_t number, const std::string& folder, std::uint64_t from,
              std::function<void(const RunPiece&)> answer) override {
        read_.push_back(folder);
        from_.push_back(from);
        if (from == 0)
            answer({.number = number,
                    .events = {{EventTime{}, Started{.totalSteps = 9}}},
                    .end = 1,
                    .fromStart = true});
        answer({.number = number,
                .events = {{EventTime{}, StepDone{.step = from == 0 ? 3 : 4, .loss = 1}}},
                .end = from + 2});
        answer({.number = number, .end = from + 2, .last = true});
    }
    void cancel(std::uint64_t) override {}

    std::vector<RunSummary> runs;
    bool hold = false;
    std::vector<std::function<void()>> held;
    std::vector<std::string> read_;
    std::vector<std::uint64_t> from_;
};

RunSummary run(const std::string& folder, int startTime, int layers) {
    RunSummary summary{.folder = folder, .config = RunConfig{}};
    summary.config->model.numLayers = layers;
    summary.startTime = EventTime(std::chrono::seconds(startTime));
    summary.cSdr = startTime;
    summary.step = 3;
    return summary;
}

/// The page with a store of three runs.
struct Bench {
    Bench() {
        auto owned = std::make_unique<ScriptedStore>();
        store = owned.get();
        store->runs = {run("/r/a", 10, 6), run("/r/b", 9, 4), run("/r/c", 30, 6)};
        archive = std::make_unique<RunArchive>(std::move(owned));
        page = std::make_unique<RunsPage>(*archive, model, theme);
        page->resize(1000, 700);
        page->show();
        table = page->findChild<RunsTable*>();
        view = page->findChild<QTableView*>();
    }
    QString nameIn(int row) const { return view->model()->index(row, RunsTable::Name).data().toString(); }

    Theme theme{Theme::Mode::Dark};
    ConfigModel config;
    RunModel model{
        std::make_unique<TrainingThread>(std::make_unique<test::ScriptedLoop>(std::vector<TrainingEvent>{})),
        config};
    ScriptedStore* store;
    std::unique_ptr<RunArchive> archive;
    std::unique_ptr<RunsPage> page;
    RunsTable* table;
    QTableView* view;
};

} // namespace

class TestRunsPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsWhereARunWasStarted() {
        Bench bench;
        bench.store->runs[0].startedBy = "window";
        bench.store->runs[1].startedBy = "command line";
        bench.table->setRuns(bench.store->runs);
        const auto startedBy = [&bench](int row) {
            return bench.table->index(row, RunsTable::StartedBy).data().toString();
        };
        QCOMPARE(startedBy(0), QStringLiteral("studio"));
        QCOMPARE(startedBy(1), QStringLiteral("command line"));
        QCOMPARE(startedBy(2), QString());
    }

    void sortsByNumbersAndTimesInsteadOfText() {
        Bench bench;
        const QAbstractItemModelTester tester(bench.table,
                                              QAbstractItemModelTester::FailureReportingMode::Fatal);
        QTRY_COMPARE(bench.table->rowCount(), 3);
        QCOMPARE(bench.nameIn(0), QStringLiteral("c"));
        bench.view->sortByColumn(RunsTable::CSdr, Qt::AscendingOrder);
        QCOMPARE(bench.nameIn(0), QStringLiteral("b")); // 9 before 10
    }

    void comparesCheckedRuns() {
        Bench bench;
        QTRY_COMPARE(bench.table->rowCount(), 3);
        auto* differences = bench.page->findChild<ConfigurationTable*>();
        // initially, the first two are checked
        QCOMPARE(bench.table->ticked(), (std::vector<std::string>{"/r/a", "/r/b"}));
        QCOMPARE(differences->rowCount(), 1);
        bench.table->setData(bench.table->index(1, 0), Qt::Unchecked, Qt::CheckStateRole);
        bench.table->setData(bench.table->index(2, 0), Qt::Checked, Qt::CheckStateRole);
        QCOMPARE(differences->rowCount(), 0); // they have the same configuration
        bench.table->setData(bench.table->index(1, 0), Qt::Checked, Qt::CheckStateRole);
        QCOMPARE(differences->rowCount(), 1);
        QCOMPARE(differences->index(0, 0).data().toString(), QStringLiteral("model.num_layers"));
        QCOMPARE(differences->text(), QStringLiteral("Option\ta\tc\tb\nmodel.num_layers\t6\t6\t4"));
        QCOMPARE(bench.store->read_, (std::vector<std::string>{"/r/a", "/r/b", "/r/c"}));

        bench.store->runs.pop_back(); // its folder is gone
        bench.page->refresh();
        QTRY_COMPARE(bench.table->ticked(), (std::vector<std::string>{"/r/a", "/r/b"}));
        QCOMPARE(bench.store->read_.size(), std::size_t(3)); // nothing is read again
    }

    /// Reads only the new part of the journal and keeps the selection.
    void followsARunInProgress() {
        Bench bench;
        QTRY_COMPARE(bench.table->rowCount(), 3);
        QTRY_COMPARE(bench.store->from_, (std::vector<std::uint64_t>{0, 0}));
        const auto rangeEnd = [&bench] {
            auto* plot = bench.page->findChild<QCustomPlot*>();
            return plot->axisRect()->axis(QCPAxis::atBottom)->range().upper;
        };
        const double epoch = RunConfig{}.training.stepsPerEpoch;
        QTRY_COMPARE(rangeEnd(), 3 / epoch * 1.02);
        bench.view->selectRow(1);
        QSignalSpy reset(bench.table, &QAbstractItemModel::modelReset);
        bench.store->runs[0].state = RunState::Running;
        bench.store->runs[0].step = 4;
        bench.page->refresh();
        QTRY_COMPARE(bench.store->from_, (std::vector<std::uint64_t>{0, 0, 2}));
        QCOMPARE(bench.store->read_.back(), std::string("/r/a"));
        QTRY_COMPARE(rangeEnd(), 4 / epoch * 1.02);
        QVERIFY(reset.isEmpty());
        QCOMPARE(bench.view->currentIndex().row(), 1);
        const auto state = bench.table->index(0, RunsTable::State).data().toString();
        QVERIFY2(state.contains(QStringLiteral("Training")), qPrintable(state));
    }

    void showsAPlaceholderWithoutRuns() {
        Bench bench;
        QTRY_COMPARE(bench.table->rowCount(), 3);
        QVERIFY(!bench.page->emptyState().isVisible());
        bench.store->runs.clear();
        bench.page->refresh();
        QTRY_VERIFY(bench.page->emptyState().isVisible());
        QVERIFY(!bench.view->isVisible());
    }

    void opensTheSelectedRun() {
        Bench bench;
        QTRY_COMPARE(bench.table->rowCount(), 3);
        QSignalSpy opened(bench.page.get(), &RunsPage::openRequested);
        bench.view->selectRow(1);
        QTest::keyClick(bench.view, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened[0][0].toString(), QStringLiteral("/r/a"));
    }

    void dropsAnOlderListing() {
        Bench bench;
        QTRY_COMPARE(bench.table->rowCount(), 3);
        bench.store->hold = true;
        bench.page->refresh();
        bench.store->runs.clear();
        bench.page->refresh();
        bench.store->held[1]();
        bench.store->held[0]();
        QTRY_COMPARE(bench.table->rowCount(), 0);
        QCoreApplication::processEvents();
        QCOMPARE(bench.table->rowCount(), 0);
    }

    void choosesARunInTheToolBar() {
        Bench bench;
        RunChooser chooser(*bench.archive, bench.model);
        connect(&chooser, &RunChooser::refreshRequested, bench.page.get(), &RunsPage::refresh);
        QSignalSpy chosen(&chooser, &RunChooser::chosen);
        QCOMPARE(chooser.currentIndex(), -1);
        bench.store->runs.push_back(run("/r/d", 40, 6));
        bench.page->refresh();
        QTRY_COMPARE(chooser.count(), 4);

        // The popup may be open during a refresh: unchanged items are not removed.
        QSignalSpy listed(bench.archive.get(), &RunArchive::listed);
        QSignalSpy removed(chooser.model(), &QAbstractItemModel::rowsRemoved);
        QSignalSpy reset(chooser.model(), &QAbstractItemModel::modelReset);
        bench.page->refresh();
        QTRY_COMPARE(listed.count(), 1);
        QVERIFY(removed.isEmpty() && reset.isEmpty());
        QCOMPARE(chooser.count(), 4);

        QTest::keyClick(&chooser, Qt::Key_Down);
        QCOMPARE(chosen.last().first().toString(), QStringLiteral("/r/a"));
        bench.model.startNew(QStringLiteral("/nowhere/new"));
        QVERIFY(!chooser.isEnabled());
        QCOMPARE(chooser.currentText(), QStringLiteral("new"));
        QTRY_VERIFY(chooser.isEnabled());
    }
};

HEADROOM_UI_TEST_MAIN(TestRunsPage)
#include "tst_runs_page.moc"
