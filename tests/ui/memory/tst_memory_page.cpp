// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/option_table.h"
#include "core/view/memory_tree.h"
#include "tests/support/strict_ui_main.h"
#include "tests/ui/memory/memory_page_bench.h"
#include "ui/configuration/config_model.h"
#include "ui/memory/flame_graph.h"
#include "ui/memory/forecast_model.h"
#include "ui/memory/forecast_text.h"
#include "ui/memory/large_tensor_table.h"
#include "ui/memory/memory_timeline.h"
#include "ui/memory/step_profiling.h"
#include "ui/memory/timeline_table.h"
#include "ui/text/memory_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/saved_notice.h"
#include "ui/widgets/table_dialog.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>
#include <qcustomplot.h>

#include <algorithm>
#include <utility>

using namespace headroom;
using namespace headroom::ui;
using headroom::test::buttonNamed;
using headroom::test::labelNamed;
using headroom::test::MemoryPageBench;

namespace {

std::shared_ptr<const Forecast> someForecast() {
    ForecastRequest request;
    request.card = test::ScriptedForecastService().cards().at(1);
    request.others = 1 << 20;
    return std::make_shared<const Forecast>(test::fakeForecast(request));
}

/// Answers when the test calls `sink`.
class ManualProfiler final : public ProfileService {
public:
    void measure(std::uint64_t which, const RunConfig&, const std::string& where,
                 std::function<void(const ProfileAnswer&)> answer) override {
        number = which;
        device = where;
        sink = std::move(answer);
    }
    void cancel(std::uint64_t which) override { canceled = which; }

    std::uint64_t number = 0;
    std::uint64_t canceled = 0;
    std::string device;
    std::function<void(const ProfileAnswer&)> sink;
};

/// A machine with two cards of the same name.
class TwoCardService final : public test::ScriptedForecastService {
public:
    std::vector<Card> cards() const override {
        const std::vector<Card> known = ScriptedForecastService::cards(); // the CPU first
        Card first = known.at(1);
        first.device = "cuda:0";
        Card second = first;
        second.device = "cuda:1";
        return {first, second, known.at(0)};
    }
};

} // namespace

class TestMemoryPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tensorTableListsEveryTensor() {
        LargeTensorTable table;
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto forecast = someForecast();
        table.setForecast(forecast, darkPalette());
        QCOMPARE(table.rowCount(), static_cast<int>(forecast->largest.size()));
        QCOMPARE(table.index(0, LargeTensorTable::Size).data(Qt::UserRole).toLongLong(),
                 static_cast<qlonglong>(forecast->largest.front().bytes));
    }

    void timelineIsExportedAsText() {
        const auto forecast = someForecast();
        const QStringList lines = timelineTable(*forecast).csv().trimmed().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), static_cast<qsizetype>(forecast->timeline.size()) + 1);
        const auto columns = lines.front().split(QLatin1Char(',')).size();
        for (const QString& line : lines)
            QCOMPARE(line.split(QLatin1Char(',')).size(), columns);
        QVERIFY(placeText(*forecast, forecast->peakEvent).contains(QStringLiteral("of loss")));
    }

    void linesAreLabeled() {
        Theme theme(Theme::Mode::Dark);
        MemoryTimeline timeline(theme);
        const auto forecast = someForecast();
        const auto labels = [&] {
            const auto* plot = timeline.findChild<QCustomPlot*>();
            QStringList texts;
            for (int i = 0; i < plot->itemCount(); ++i)
                if (const auto* text = qobject_cast<QCPItemText*>(plot->item(i)); text && text->visible())
                    texts << text->text();
            return texts;
        };
        QCOMPARE(labels(), QStringList());
        timeline.setForecast(forecast, 0, std::int64_t{8} << 30);
        QCOMPARE(labels(),
                 QStringList({QStringLiteral("Card limit: 8.0 GiB"),
                              QStringLiteral("Total on device: ") + bytesText(forecast->deviceTotal)}));
    }

    /// The axis extends to the limit of a large card only on request.
    void memoryAxisFitsTheStep() {
        Theme theme(Theme::Mode::Dark);
        MemoryTimeline timeline(theme);
        const auto forecast = someForecast();
        const double total = static_cast<double>(forecast->deviceTotal) / (std::int64_t{1} << 30);
        const auto top = [&] { return timeline.findChild<QCustomPlot*>()->yAxis->range().upper; };
        timeline.setForecast(forecast, 0, forecast->deviceTotal * 20);
        QVERIFY(!timeline.limitShown());
        QVERIFY(top() < total * 1.3);
        timeline.setLimitShown(true);
        QVERIFY(top() >= total * 20);
        timeline.setLimitShown(false);
        timeline.setForecast(forecast, 0, forecast->deviceTotal * 2);
        QVERIFY(top() < total * 1.3);
    }

    void thinnedTablesHaveANote() {
        Forecast forecast = *someForecast();
        QVERIFY(timelineTable(forecast).note.isEmpty());
        forecast.events = 1000000;
        QVERIFY(timelineTable(forecast).csv().startsWith(QStringLiteral("# ")));
        QVERIFY(timelineTable(forecast)
                    .csv()
                    .section(QLatin1Char('\n'), 0, 0)
                    .contains(QStringLiteral("1,000,000")));
        QVERIFY(timelineTable(forecast)
                    .csv()
                    .section(QLatin1Char('\n'), 1, 1)
                    .startsWith(QStringLiteral("event,")));
    }

    void keysMoveTheCrossHair() {
        Theme theme(Theme::Mode::Dark);
        MemoryTimeline timeline(theme);
        const auto forecast = someForecast();
        timeline.setForecast(forecast, 0, std::int64_t{8} << 30);
        QSignalSpy moved(&timeline, &MemoryTimeline::crossHairMoved);
        QTest::keyClick(&timeline, Qt::Key_P);
        QCOMPARE(moved.last().first().toLongLong(), static_cast<qlonglong>(forecast->peakEvent));
        QTest::keyClick(&timeline, Qt::Key_Left);
        QVERIFY(moved.last().first().toLongLong() < forecast->peakEvent);
    }

    void exportsPicturesWithLegend() {
        Theme theme(Theme::Mode::Light);
        MemoryTimeline timeline(theme);
        timeline.resize(600, 300);
        timeline.setForecast(someForecast(), 0, std::int64_t{8} << 30);
        QTemporaryDir folder;
        timeline.savePng(folder.filePath(QStringLiteral("a.png")), QStringLiteral("Paper, on RTX 4060"));
        timeline.setCompared(someForecast(), QStringLiteral("Demo"));
        timeline.saveSvg(folder.filePath(QStringLiteral("a.svg")), QStringLiteral("Paper, on RTX 4060"));
        QVERIFY(!QImage(folder.filePath(QStringLiteral("a.png"))).isNull());
        QFile svg(folder.filePath(QStringLiteral("a.svg")));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        const QString drawn = QString::fromUtf8(svg.readAll());
        for (const char* text : {"Paper, on RTX 4060", "Saved for backward", "Card limit: 8.0 GiB",
                                 "Compared: Demo", "Total on device"})
            QVERIFY2(drawn.contains(QString::fromUtf8(text)), text);
        // Title and legend add to the height of the chart.
        QVERIFY(QImage(folder.filePath(QStringLiteral("a.png"))).height() > 2 * 300);
    }

    void saysWhereItExported() {
        MemoryPageBench bench;
        bench.page.show();
        QTRY_VERIFY(bench.isReady());
        const QTemporaryDir folder;
        QVERIFY(bench.page.findChild<SavedNotice*>()->isHidden()); // its place in the row is not kept free
        const auto exported = [&](const QString& path) {
            bench.page.exportTo(path);
            return bench.page.findChild<SavedNotice*>()->text();
        };
        for (const QString& type : {QStringLiteral("png"), QStringLiteral("svg"), QStringLiteral("csv")}) {
            const QString path = folder.filePath(QStringLiteral("step.") + type);
            QCOMPARE(exported(path), QStringLiteral("Saved to %1.").arg(path));
            QVERIFY(QFile::exists(path));
        }
        QVERIFY(bench.page.findChild<SavedNotice*>()->isVisible());
        bench.view().setCurrentIndex(1);
        const QString last = exported(folder.filePath(QStringLiteral("run.csv")));
        QVERIFY2(last.contains(QStringLiteral("run.csv. All phases ")), qPrintable(last));
        QTimer::singleShot(0, qApp, [] { QApplication::activeModalWidget()->close(); });
        QCOMPARE(exported(QStringLiteral("/nowhere/a.png")), last);
    }

    void selectingAPartSelectsItsLargestTensor() {
        MemoryPageBench bench;
        QTRY_VERIFY(bench.forecast.forecast() != nullptr);
        bench.page.selectPart(CardPart::OptimizerState);
        const auto* table = bench.page.findChild<QTableView*>();
        const auto rows = table->selectionModel()->selectedRows(LargeTensorTable::Part);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.front().data().toString(), cardPartTitle(CardPart::OptimizerState));
    }

    void choosingAPlaceShowsWhatIsLiveThere() {
        MemoryPageBench bench;
        bench.page.resize(900, 700);
        bench.page.show();
        QTRY_VERIFY(bench.isReady());
        auto* timeline = bench.page.findChild<MemoryTimeline*>();
        const auto* graph = bench.page.findChild<FlameGraph*>();
        const auto liveAt = [&](std::int64_t event) {
            return bytesText(memoryTree(bench.forecast.forecast()->tensors, event).bytes);
        };
        QVERIFY(!graph->isVisible());
        QTest::keyClick(timeline, Qt::Key_P);
        QTest::keyClick(timeline, Qt::Key_Return);
        QVERIFY(graph->isVisible());
        const std::int64_t peak = bench.forecast.forecast()->peakEvent;
        QVERIFY2(graph->accessibleDescription().contains(liveAt(peak)),
                 qPrintable(graph->accessibleDescription()));

        auto* plot = bench.page.findChild<QCustomPlot*>();
        const QPoint place(static_cast<int>(plot->xAxis->coordToPixel(3)), plot->height() / 2);
        QTest::mouseMove(plot, place);
        QTest::mouseClick(plot, Qt::LeftButton, {}, place);
        const auto event = static_cast<std::int64_t>(plot->xAxis->pixelToCoord(place.x()));
        QVERIFY(liveAt(event) != liveAt(peak));
        QVERIFY2(graph->accessibleDescription().contains(liveAt(event)),
                 qPrintable(graph->accessibleDescription()));
        QVERIFY(std::ranges::any_of(bench.page.findChildren<ElidedLabel*>(), [&](const ElidedLabel* label) {
            return label->text().startsWith(QStringLiteral("at event %1, in forward of stft; ").arg(event)) &&
                   label->text().endsWith(
                       QStringLiteral(" cached but unused; free blocks: 4, the largest 1.0 GiB"));
        }));
    }

    void showsTheWholeRun() {
        MemoryPageBench bench;
        bench.page.resize(900, 700);
        bench.page.show();
        QTRY_VERIFY(bench.isReady());
        const auto* timeline = bench.page.findChild<MemoryTimeline*>();
        const auto* crossHair = labelNamed(bench.page, QStringLiteral("At the cross-hair"));
        const auto length = [&] { return bench.page.findChild<QCustomPlot*>()->xAxis->range().upper; };
        QCOMPARE(timeline->accessibleName(), QStringLiteral("Memory of one training step"));
        QCOMPARE(length(), static_cast<double>(bench.forecast.forecast()->events));

        bench.view().setCurrentIndex(1);
        QCOMPARE(timeline->accessibleName(), QStringLiteral("Memory of the run"));
        QCOMPARE(length(), static_cast<double>(bench.forecast.forecast()->run.width));
        QVERIFY(crossHair->text().startsWith(QStringLiteral("First step, forward: ")));
        buttonNamed(bench.page, QStringLiteral("Table"))->click();
        const auto* table = bench.page.findChild<TableDialog*>()->findChild<QTableView*>();
        const auto& text = static_cast<const TableDataModel*>(table->model())->table();
        QCOMPARE(text.header.front(), QStringLiteral("place"));
        QCOMPARE(text.rows.front().at(1), QStringLiteral("start"));
        // A first answer has no timeline of the run: the previous one stays.
        bench.config.set(*findOption("model.hidden_dim"), std::int64_t{64});
        QTRY_VERIFY(!bench.forecast.updating());
        QCOMPARE(length(), static_cast<double>(bench.forecast.forecast()->run.width));

        bench.view().setCurrentIndex(0);
        QCOMPARE(length(), static_cast<double>(bench.forecast.forecast()->events));
        QVERIFY(crossHair->text().contains(QStringLiteral("of loss")));
    }

    void hiddenPageUpdatesWhenShown() {
        MemoryPageBench bench;
        bench.page.resize(900, 700);
        bench.page.show();
        auto* table = bench.page.findChild<QTableView*>();
        QTRY_VERIFY(table->model()->rowCount() > 0);
        bench.page.hide();
        const auto biggest = [&] {
            return table->model()->index(0, LargeTensorTable::Size).data().toString();
        };
        const QString before = biggest();
        bench.config.set(*findOption("model.hidden_dim"), std::int64_t{64});
        QTRY_VERIFY(!bench.forecast.updating());
        QCOMPARE(biggest(), before);
        bench.page.show();
        QVERIFY(biggest() != before);
    }

    void showsTheTimeOfTraining() {
        MemoryPageBench bench;
        bench.page.show();
        bench.forecast.setCard(2);
        ElidedLabel* times = labelNamed(bench.page, QStringLiteral("Time of training steps"));
        QVERIFY(times != nullptr);
        QTRY_VERIFY(times->text().startsWith(QStringLiteral("Step ")));
        QVERIFY(times->text().endsWith(QStringLiteral("from the card's published figures, not measured")));
        bench.forecast.setCard(0); // a CPU without calibration
        QTRY_VERIFY(times->text().startsWith(QStringLiteral("Time unknown: ")));
    }

    void comparesTheGuideWithActualFigures() {
        Theme theme(Theme::Mode::Dark);
        ConfigModel config;
        auto service = std::make_unique<test::ScriptedForecastService>();
        service->figures = {{"a", "the model, before", GuideUnit::Bytes, 4.8e9, 4.8e9, 192.0 * (1 << 20)},
                            {"b", "in all", GuideUnit::Bytes, 32e9, {}, 2.5 * (1 << 30)},
                            {"c", "slower", GuideUnit::Percent, 15, 30, 21.6},
                            {"d", "cSDR", GuideUnit::Decibel, 11.03, 11.03, {}}};
        ForecastModel forecast(std::move(service), config);
        MemoryPage page(forecast, theme);
        auto* button = buttonNamed(page, QStringLiteral("Compare with the 32 GB guide"));
        QVERIFY(button != nullptr);
        button->click();
        QTRY_VERIFY(page.findChild<TableDialog*>() != nullptr);
        QVERIFY(button->isEnabled());
        const auto* table = page.findChild<TableDialog*>()->findChild<QTableView*>();
        const auto& text = static_cast<const TableDataModel*>(table->model())->table();
        QCOMPARE(text.rows[0], QStringList({"the model, before", "4.8 GB", "0.2 GiB"}));
        QCOMPARE(text.rows[1], QStringList({"in all", "over 32.0 GB", "2.5 GiB"}));
        QCOMPARE(text.rows[2], QStringList({"slower", "15 % to 30 %", "22 %"}));
        QCOMPARE(text.rows[3], QStringList({"cSDR", "11.03 dB", "not measured here"}));
        QVERIFY(text.csv().contains(QStringLiteral("\"the model, before\",4.8 GB,0.2 GiB\n")));
    }

    void profilesTheChosenCard() {
        ConfigModel config;
        ForecastModel forecast(std::make_unique<TwoCardService>(), config);
        auto service = std::make_unique<ManualProfiler>();
        ManualProfiler& profiler = *service;
        StepProfiling profiling(std::move(service), forecast);
        for (const auto& [card, device] :
             {std::pair(1, "cuda:1"), std::pair(0, "cuda:0"), std::pair(2, "cpu")}) {
            forecast.setCard(card);
            profiling.begin();
            QCOMPARE(profiler.device, std::string(device));
            profiling.cancel();
        }
        forecast.setRunDevice("cuda:1");
        QCOMPARE(forecast.cardIndex(), 1);
        QCOMPARE(cardText(forecast, 1), QStringLiteral("RTX 4060, 8 GiB (here, cuda:1)"));
    }

    void comparesProfiledStepWithForecast() {
        Theme theme(Theme::Mode::Dark);
        ConfigModel config;
        auto forecasts = std::make_unique<test::ScriptedForecastService>();
        forecasts->prompt = true;
        ForecastModel forecast(std::move(forecasts), config);
        forecast.setCard(0); // the CPU
        auto service = std::make_unique<ManualProfiler>();
        ManualProfiler& profiler = *service;
        StepProfiling profiling(std::move(service), forecast);
        MemoryPage page(forecast, theme);
        page.setStepProfiling(profiling);
        page.show();
        auto* button = buttonNamed(page, QStringLiteral("Profile three steps"));
        QVERIFY(button != nullptr && button->isVisible());
        profiling.setDeviceTaken(true);
        QVERIFY(!button->isEnabled());
        profiling.setDeviceTaken(false);
        button->click();
        QCOMPARE(profiler.device, std::string("cpu"));
        QTRY_VERIFY(forecast.forecast() != nullptr && !forecast.updating());

        StepProfiled answer{profiler.number, {}};
        answer.step.peakAllocated = forecast.forecast()->peakAllocated * 100 / 102;
        profiler.sink(answer);
        const auto* label = labelNamed(page, QStringLiteral("Measured"));
        QTRY_VERIFY(label->text().contains(QStringLiteral("+2.0")));
        // It does not apply to another configuration.
        config.set(*findOption("model.num_layers"), std::int64_t{3});
        QVERIFY(profiling.profile() == nullptr);
        config.history().undo();
        QVERIFY(profiling.profile() != nullptr);

        button->click();
        button->click(); // cancels
        QCOMPARE(profiler.canceled, profiler.number);
        QVERIFY(!profiling.busy());
    }
};

HEADROOM_UI_TEST_MAIN(TestMemoryPage)
#include "tst_memory_page.moc"
