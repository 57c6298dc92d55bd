#include "core/session/scripted_loop.h"
#include "core/session/training_thread.h"
#include "tests/support/strict_ui_main.h"
#include "ui/bridge/run_archive.h"
#include "ui/models/config_model.h"
#include "ui/models/run_model.h"
#include "ui/models/runs_table.h"
#include "ui/models/setting_table.h"
#include "ui/pages/runs_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/run_chooser.h"

#include <QAbstractItemModelTester>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

using namespace headroom;
using namespace headroom::ui;

namespace {

/// Answers at once, unless it holds its answers back.
class HandStore final : public RunStore {
public:
    void list(std::uint64_t number, std::vector<std::string>,
              std::function<void(const RunList&)> answer) override {
        if (hold)
            held.push_back([=, list = runs] { answer({number, list}); });
        else
            answer({number, runs});
    }
    void read(std::uint64_t number, const std::string& folder,
              std::function<void(const RunPiece&)> answer) override {
        read_.push_back(folder);
        answer({.number = number, .events = {{EventTime{}, Started{.totalSteps = 9}}}});
        answer({.number = number, .events = {{EventTime{}, StepDone{.step = 3, .loss = 1}}}, .last = true});
    }
    void cancel(std::uint64_t) override {}

    std::vector<RunSummary> runs;
    bool hold = false;
    std::vector<std::function<void()>> held;
    std::vector<std::string> read_;
};

RunSummary run(const std::string& folder, int begun, int layers) {
    RunSummary summary{.folder = folder, .config = RunConfig{}};
    summary.config->model.numLayers = layers;
    summary.begun = EventTime(std::chrono::seconds(begun));
    summary.cSdr = begun;
    return summary;
}

/// The page on a store with three runs.
struct Bench {
    Bench() {
        auto owned = std::make_unique<HandStore>();
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
        std::make_unique<TrainingThread>(std::make_unique<ScriptedLoop>(std::vector<TrainingEvent>{})),
        config};
    HandStore* store;
    std::unique_ptr<RunArchive> archive;
    std::unique_ptr<RunsPage> page;
    RunsTable* table;
    QTableView* view;
};

} // namespace

class TestRunsPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QCoreApplication::setApplicationName(QStringLiteral("headroom-test-runs-page")); }
    void init() { QSettings().clear(); }

    void saysWhereARunWasBegunIfThatWasNoted() {
        Bench bench;
        bench.store->runs[0].begunBy = "window";
        bench.store->runs[1].begunBy = "command line";
        bench.table->setRuns(bench.store->runs);
        const auto begunBy = [&bench](int row) {
            return bench.table->index(row, RunsTable::BegunBy).data().toString();
        };
        QCOMPARE(begunBy(0), QStringLiteral("window"));
        QCOMPARE(begunBy(1), QStringLiteral("command line"));
        QCOMPARE(begunBy(2), QString());
    }

    void sortsByNumbersAndTimesNotByTheirText() {
        Bench bench;
        const QAbstractItemModelTester tester(bench.table,
                                              QAbstractItemModelTester::FailureReportingMode::Fatal);
        QTRY_COMPARE(bench.table->rowCount(), 3);
        QCOMPARE(bench.nameIn(0), QStringLiteral("c"));
        bench.view->sortByColumn(RunsTable::CSdr, Qt::AscendingOrder);
        QCOMPARE(bench.nameIn(0), QStringLiteral("b")); // 9 before 10
    }

    void comparesTheRunsWithATick() {
        Bench bench;
        QTRY_COMPARE(bench.table->rowCount(), 3);
        auto* settings = bench.page->findChild<SettingTable*>();
        // The first two are ticked for a beginning.
        QCOMPARE(bench.table->ticked(), (std::vector<std::string>{"/r/a", "/r/b"}));
        QCOMPARE(settings->rowCount(), 1);
        bench.table->setData(bench.table->index(1, 0), Qt::Unchecked, Qt::CheckStateRole);
        bench.table->setData(bench.table->index(2, 0), Qt::Checked, Qt::CheckStateRole);
        QCOMPARE(settings->rowCount(), 0); // they are set alike
        bench.table->setData(bench.table->index(1, 0), Qt::Checked, Qt::CheckStateRole);
        QCOMPARE(settings->rowCount(), 1);
        QCOMPARE(settings->index(0, 0).data().toString(), QStringLiteral("model.num_layers"));
        QCOMPARE(settings->text(), QStringLiteral("Setting\ta\tc\tb\nmodel.num_layers\t6\t6\t4"));
        QCOMPARE(bench.store->read_, (std::vector<std::string>{"/r/a", "/r/b", "/r/c"}));

        bench.store->runs.pop_back(); // its folder is gone
        bench.page->refresh();
        QTRY_COMPARE(bench.table->ticked(), (std::vector<std::string>{"/r/a", "/r/b"}));
        QCOMPARE(bench.store->read_.size(), std::size_t(3)); // what was read is kept
    }

    void opensTheRunOfTheRow() {
        Bench bench;
        QTRY_COMPARE(bench.table->rowCount(), 3);
        QSignalSpy opened(bench.page.get(), &RunsPage::openRequested);
        bench.view->selectRow(1);
        QTest::keyClick(bench.view, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened[0][0].toString(), QStringLiteral("/r/a"));
    }

    void anOlderListingIsDropped() {
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

    void anotherRunIsTakenUpFromTheToolBar() {
        Bench bench;
        RunChooser chooser(*bench.archive, bench.model);
        connect(&chooser, &RunChooser::refreshWanted, bench.page.get(), &RunsPage::refresh);
        QSignalSpy chosen(&chooser, &RunChooser::chosen);
        QCOMPARE(chooser.currentIndex(), -1);
        bench.store->runs.push_back(run("/r/d", 40, 6));
        bench.page->refresh();
        QTRY_COMPARE(chooser.count(), 4);

        // The list may be open while it is brought up to date: nothing that stays is taken out of it.
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
