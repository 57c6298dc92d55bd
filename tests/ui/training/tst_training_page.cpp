// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "core/config/option_table.h"
#include "core/session/training_thread.h"
#include "tests/support/scripted_loop.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/preferences.h"
#include "ui/runs/run_model.h"
#include "ui/text/score_text.h"
#include "ui/theme/theme.h"
#include "ui/training/training_page.h"
#include "ui/training/training_plot.h"
#include "ui/training/training_table.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/saved_notice.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QFileInfo>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <qcustomplot.h>

using namespace headroom;
using namespace headroom::ui;

namespace {

std::vector<TrainingEvent> events() {
    std::vector<TrainingEvent> script = {Started{.device = "cuda:0", .totalSteps = 100}};
    for (int i = 1; i <= 100; ++i) {
        if (i == 50)
            script.emplace_back(OptionChanged{i, "training.learning_rate", "0.0005", "0.0003"});
        script.emplace_back(StepDone{.step = i,
                                     .epoch = (i - 1) / 10 + 1,
                                     .loss = 1.0 / i,
                                     .learningRate = 5e-4,
                                     .forwardSeconds = 0.2,
                                     .backwardSeconds = 0.3,
                                     .memory = MemoryUse{.allocated = 100, .deviceTotal = 1000}});
        if (i % 10 == 0)
            script.emplace_back(ValidationDone{.step = i,
                                               .epoch = i / 10,
                                               .songs = 2,
                                               .stems = {{"vocals", {.cSdr = i / 10.0, .uSdr = i / 20.0}}},
                                               .best = true});
    }
    return script;
}

/// A page with a run of 100 steps, validated every 10 steps, with an option change at step 50.
class Bench {
public:
    explicit Bench(const std::vector<TrainingEvent>& script = events())
        : run(std::make_unique<TrainingThread>(std::make_unique<test::ScriptedLoop>(script)), config) {
        config.set(*findOption("training.steps_per_epoch"), std::int64_t{10});
        page = std::make_unique<TrainingPage>(run, theme);
        page->resize(1000, 700);
        page->show();
        run.startNew(QStringLiteral("/nowhere/run"));
    }

    TrainingPlot& charts() { return *page->findChild<TrainingPlot*>(); }
    QCustomPlot& plot() { return *page->findChild<QCustomPlot*>(); }
    QCPAxis& time(int chart) { return *plot().axisRect(chart)->axis(QCPAxis::atBottom); }
    QPoint placeOf(double x) {
        return {static_cast<int>(time(0).coordToPixel(x)), plot().axisRect(0)->center().y()};
    }

    Theme theme{Theme::Mode::Dark};
    ConfigModel config;
    RunModel run;
    std::unique_ptr<TrainingPage> page;
};

QPushButton* buttonOf(QWidget& page, const QString& begin) {
    for (QPushButton* button : page.findChildren<QPushButton*>()) {
        if (button->text().startsWith(begin))
            return button;
    }
    return nullptr;
}

} // namespace

class TestTrainingPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { preferences::setChartView({}); }

    void chartsZoomAndPanTogether() {
        Bench bench;
        QTRY_VERIFY(!bench.run.running());
        bench.charts().fit();
        const QCPRange whole = bench.time(0).range();
        QVERIFY(whole.lower <= 0 && whole.upper >= 10);

        const QPoint place = bench.placeOf(5);
        QWheelEvent wheel(place, bench.plot().mapToGlobal(place), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(&bench.plot(), &wheel);
        QVERIFY(bench.time(0).range().size() < whole.size());
        for (int chart = 1; chart < bench.plot().axisRectCount(); ++chart)
            QCOMPARE(bench.time(chart).range(), bench.time(0).range());
        QCOMPARE(bench.charts().view().to, bench.time(0).range().upper);

        QTest::mouseDClick(&bench.plot(), Qt::LeftButton, {}, place);
        QCOMPARE(bench.time(3).range(), whole);
    }

    void selectsAndOpensEpochByMouseAndKeys() {
        Bench bench;
        QTRY_VERIFY(!bench.run.running());
        bench.charts().fit();
        QVERIFY(bench.plot().axisRect(0)->width() > 100);
        bench.page->setListeningAvailable(true);
        QSignalSpy requests(bench.page.get(), &TrainingPage::listenRequested);
        QTest::mouseClick(&bench.plot(), Qt::LeftButton, {}, bench.placeOf(6.2));
        QCOMPARE(bench.charts().selected()->done.epoch, 6);
        QTest::keyClick(&bench.charts(), Qt::Key_Left);
        QCOMPARE(bench.charts().selected()->done.epoch, 5);
        QPushButton* listen = buttonOf(*bench.page, QStringLiteral("Listen"));
        QCOMPARE(listen->text(), QStringLiteral("Listen to epoch 5"));
        listen->click();
        QTest::keyClick(&bench.charts(), Qt::Key_Return);
        QCOMPARE(requests.count(), 2);
        QCOMPARE(requests[1][1].toInt(), 5);
        QCOMPARE(requests[1][2].toLongLong(), 50LL);
    }

    /// The labels of marks have room for a few words.
    void noticesAreShownInFull() {
        const QString text = QStringLiteral("Epoch 3 took 2.3 times as long: other programs took 77 %");
        std::vector<TrainingEvent> script = events();
        script.insert(script.begin() + 1, Notice{"using the CPU"}); // at the start: the mark is enough
        script.insert(script.begin() + 40,
                      Notice{"epoch 3 took 2.3 times as long: other programs took 77 %"});
        script.resize(45);
        Bench bench(script);
        auto* bar = bench.page->findChild<MessageBar*>();
        const auto* label = bar->findChild<QLabel*>();
        QTRY_VERIFY(!bench.run.running());
        QTRY_VERIFY(bar->isVisible());
        QCOMPARE(label->text(), text);
        buttonOf(*bar, QStringLiteral("Close"))->click();
        QVERIFY(!bar->isVisible());
        // By key, later.
        bench.charts().fit();
        QTest::keyClick(&bench.charts(), Qt::Key_N);
        QVERIFY(bar->isVisible());
        QCOMPARE(label->text(), text);
        QCOMPARE(bar->accessibleDescription(), text);
        // Another run.
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("config.yaml")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(dumpConfig({}).c_str());
        file.close();
        bench.run.open(folder.path());
        QVERIFY(!bar->isVisible());
    }

    void labelsOfAxesDoNotOverlap() {
        std::vector<TrainingEvent> script = events();
        for (TrainingEvent& event : script)
            if (auto* step = std::get_if<StepDone>(&event))
                step->gradNorm = 0.5 + 0.01 * static_cast<double>(step->step % 25);
        Bench bench(script);
        bench.page->resize(900, 420);
        QTRY_VERIFY(!bench.run.running());
        bench.plot().replot();
        for (int chart = 0; chart < bench.plot().axisRectCount(); ++chart) {
            for (const auto side : {QCPAxis::atLeft, QCPAxis::atRight}) {
                QCPAxis* axis = bench.plot().axisRect(chart)->axis(side);
                if (axis == nullptr || !axis->visible() || !axis->tickLabels() ||
                    !bench.plot().axisRect(chart)->visible())
                    continue;
                QVector<double> ticks;
                QVector<QString> labels;
                axis->ticker()->generate(axis->range(), QLocale::c(), QLatin1Char('g'), 3, ticks, nullptr,
                                         &labels);
                std::vector<double> pixels;
                for (const double tick : ticks)
                    if (axis->range().contains(tick))
                        pixels.push_back(axis->coordToPixel(tick));
                std::ranges::sort(pixels);
                const int digits =
                    QFontMetrics(axis->tickLabelFont()).tightBoundingRect(QStringLiteral("08")).height();
                for (std::size_t i = 1; i < pixels.size(); ++i)
                    QVERIFY2(
                        pixels[i] - pixels[i - 1] > digits,
                        qPrintable(
                            QStringLiteral("chart %1: %2").arg(chart).arg(labels.join(QLatin1Char(' ')))));
            }
        }
    }

    void keysZoomGoToMarksAndOpenTheTable() {
        Bench bench;
        QTRY_VERIFY(!bench.run.running());
        TrainingPlot& plot = bench.charts();
        plot.fit();
        const double whole = plot.view().to - plot.view().from;
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(&plot, Qt::Key_Plus);
        QVERIFY(plot.view().to - plot.view().from < whole * 0.6);
        QTest::keyClick(&plot, Qt::Key_N, Qt::ShiftModifier);
        QVERIFY(std::abs((plot.view().from + plot.view().to) / 2 - 4.9) < 1e-6);
        QTest::keyClick(&plot, Qt::Key_Home);
        QCOMPARE(plot.view().to - plot.view().from, whole);
        QTest::keyClick(&plot, Qt::Key_T);
        QVERIFY(bench.page->findChild<QTableView*>()->isVisible());
        QCOMPARE(bench.page->findChild<QTableView*>()->model()->rowCount(), 100);
    }

    void viewFollowsTheRunIfEnabled() {
        Bench bench;
        TrainingPlot& plot = bench.charts();
        QTRY_VERIFY(!bench.run.running());
        QTRY_VERIFY(plot.view().to > 10);
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(&plot, Qt::Key_Plus);
        const double before = plot.view().to;
        QVERIFY(before < 10);
        bench.run.appendJournal({.events = {{eventTimeNow(), StepDone{.step = 200}}}, .last = true});
        QTRY_VERIFY(plot.view().to > 20);

        plot.setFollow(false);
        const double held = plot.view().to;
        bench.run.appendJournal({.events = {{eventTimeNow(), StepDone{.step = 300}}}, .last = true});
        QTRY_COMPARE(plot.view().history->step(), std::int64_t(300));
        QTest::qWait(0);
        QCOMPARE(plot.view().to, held);
    }

    void hiddenChartsUpdateWhenShown() {
        Bench bench;
        QTRY_VERIFY(!bench.run.running());
        TrainingPlot& plot = bench.charts();
        QTRY_VERIFY(plot.view().to > 10 && plot.view().to < 11);
        bench.page->hide();
        QCoreApplication::processEvents();
        const QSignalSpy replots(&bench.plot(), &QCustomPlot::afterReplot);
        bench.run.appendJournal({.events = {{eventTimeNow(), StepDone{.step = 200}}}, .last = true});
        plot.setSmoothing(0.5);
        QCoreApplication::processEvents();
        QCOMPARE(replots.count(), 0);
        bench.page->show();
        QTRY_VERIFY(replots.count() > 0);
        QVERIFY(plot.view().to > 20);
    }

    void tableHasTheValuesOfTheRun() {
        Bench bench;
        QTRY_VERIFY(!bench.run.running());
        TrainingTable table;
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::Fatal);
        table.setHistory(bench.run.history(), {RunAxis::Step, 10}, 0, 1000, 1000);
        QCOMPARE(table.rowCount(), 100);
        const QList<QByteArray> lines = table.csv().split('\n');
        QCOMPARE(lines.size(), 102);
        const QList<QByteArray> head = lines[0].split(',');
        const QList<QByteArray> last = lines[100].split(',');
        QCOMPARE(last[head.indexOf("step")], QByteArray("100"));
        QCOMPARE(last[head.indexOf("epoch")], QByteArray("10"));
        QCOMPARE(last[head.indexOf("loss")].toDouble(), 0.01);
        QCOMPARE(last[head.indexOf("grad_norm")], QByteArray());
        QCOMPARE(last[head.indexOf("vocals_csdr_db")], QByteArray("10"));
        QCOMPARE(lines[99].split(',')[head.indexOf("vocals_csdr_db")], QByteArray());

        table.setHistory(bench.run.history(), {RunAxis::Step, 10}, 0, 1000, 10);
        QCOMPARE(table.rowCount(), 10);
        table.setHistory(bench.run.history(), {RunAxis::Step, 10}, 11, 20, 1000);
        QCOMPARE(table.rowCount(), 10);
    }

    void tableShowsTheMetricsOfTheRun() {
        RunHistory history(10);
        history.add({EventTime{}, Started{.totalSteps = 100}});
        history.add({EventTime{}, StepDone{.step = 10, .epoch = 1}});
        history.add({EventTime{}, ValidationDone{.step = 10,
                                                 .epoch = 1,
                                                 .stems = {{"vocals", {.siSdr = 3, .fullness = 42.5}}},
                                                 .metric = "fullness"}});
        TrainingTable table;
        table.setHistory(history, {RunAxis::Step, 10}, 0, 1000, 1000);
        const QList<QByteArray> lines = table.csv().split('\n');
        const QList<QByteArray> head = lines[0].split(',');
        QCOMPARE(lines[1].split(',')[head.indexOf("vocals_fullness")], QByteArray("42.5"));
        QVERIFY(head.contains("vocals_csdr_db") && !head.contains("vocals_si_sdr_db"));
        QCOMPARE(scoresText(history.validations()[0].done), QStringLiteral("vocals fullness 42.50"));
    }

    void chartsCanBeHidden() {
        Bench bench;
        QTRY_VERIFY(!bench.run.running());
        TrainingPlot& plot = bench.charts();
        const int before = bench.plot().axisRect(0)->height();
        plot.showChart(2, false);
        plot.showChart(4, false);
        QTRY_VERIFY(bench.plot().axisRect(0)->height() > before * 1.2);
        QVERIFY(bench.time(3).tickLabels());
    }

    void exportsPicturesWithLegend() {
        Bench bench;
        QTRY_VERIFY(!bench.run.running());
        QTemporaryDir folder;
        const QString png = folder.filePath(QStringLiteral("charts.png"));
        const QString svg = folder.filePath(QStringLiteral("charts.svg"));
        bench.charts().savePng(png, QStringLiteral("Run first"), QStringLiteral("Training"));
        bench.charts().saveSvg(svg, QStringLiteral("Run first"), QStringLiteral("Training"));
        QVERIFY(QImage(png).width() > 1000);
        QFile file(svg);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray drawn = file.readAll();
        QVERIFY(drawn.count("<polyline") > 10);
        for (const char* text :
             {"Run first", "Training", "Loss", "Validation", "Gradient norm", "Device memory", "raw"})
            QVERIFY2(drawn.contains(text), text);
        QVERIFY_THROWS_EXCEPTION(std::exception,
                                 bench.charts().savePng(QStringLiteral("/nowhere/charts.png"), {}, {}));
    }

    void saysWhereItExported() {
        Bench bench;
        QTRY_VERIFY(!bench.run.running());
        const QTemporaryDir folder;
        const auto* saved = bench.page->findChild<SavedNotice*>();
        for (const QString& type : {QStringLiteral("png"), QStringLiteral("svg"), QStringLiteral("csv")}) {
            const QString path = folder.filePath(QStringLiteral("charts.") + type);
            bench.page->exportTo(path);
            QCOMPARE(saved->text(), QStringLiteral("Saved to %1.").arg(path));
            QVERIFY(QFileInfo(path).size() > 0);
        }
        const auto* message = bench.page->findChild<MessageBar*>();
        QVERIFY(!message->isVisible());
        const QString last = saved->text();
        bench.page->exportTo(QStringLiteral("/nowhere/charts.csv"));
        QCOMPARE(saved->text(), last);
        QVERIFY(message->isVisible());
        QVERIFY(message->accessibleDescription().contains(QStringLiteral("/nowhere")));
    }

    void showsTheForecastOfTheMemory() {
        Bench bench;
        QTRY_VERIFY(!bench.run.running());
        const QTemporaryDir folder;
        const auto drawn = [&] {
            QFile file(folder.filePath(QStringLiteral("charts.svg")));
            bench.charts().saveSvg(file.fileName(), {}, {});
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        bench.page->setForecast(std::int64_t{2} << 30);
        QTRY_VERIFY(drawn().contains("forecast: 2.0 GiB"));
        bench.page->setForecast({});
        QTRY_VERIFY(!drawn().contains("forecast: "));
    }
};

HEADROOM_UI_TEST_MAIN(TestTrainingPage)
#include "tst_training_page.moc"
