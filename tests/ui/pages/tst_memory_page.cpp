#include "tests/support/scripted_forecast_service.h"
#include "tests/support/strict_ui_main.h"
#include "ui/models/config_model.h"
#include "ui/models/forecast_model.h"
#include "ui/models/tensor_table.h"
#include "ui/models/timeline_table.h"
#include "ui/pages/memory_page.h"
#include "ui/plots/memory_timeline.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>

#include <numeric>

using namespace headroom;
using namespace headroom::ui;

namespace {

std::shared_ptr<const Forecast> someForecast() {
    ForecastRequest request;
    request.card = test::ScriptedForecastService().cards().at(1);
    request.others = 1 << 20;
    return std::make_shared<const Forecast>(test::madeUpForecast(request));
}

} // namespace

class TestMemoryPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thePartsOfTheCardAddUp() {
        const auto forecast = someForecast();
        const CardUse use = cardUse(*forecast, 1 << 20);
        QCOMPARE(std::accumulate(use.begin(), use.end(), std::int64_t{0}), forecast->deviceTotal);
        QCOMPARE(use[static_cast<std::size_t>(CardPart::SavedActivations)],
                 forecast->parts[static_cast<std::size_t>(MemoryPart::SavedActivations)]);
    }

    void theTableIsASoundModelAndHasEveryTensor() {
        TensorTable table;
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto forecast = someForecast();
        table.take(forecast, darkPalette());
        QCOMPARE(table.rowCount(), static_cast<int>(forecast->largest.size()));
        QCOMPARE(table.index(0, TensorTable::Size).data(Qt::UserRole).toLongLong(),
                 static_cast<qlonglong>(forecast->largest.front().bytes));
    }

    void theTimelineIsReadableAsText() {
        const auto forecast = someForecast();
        const QStringList lines = timelineCsv(*forecast).trimmed().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), static_cast<qsizetype>(forecast->timeline.size()) + 1);
        const auto columns = lines.front().split(QLatin1Char(',')).size();
        for (const QString& line : lines)
            QCOMPARE(line.split(QLatin1Char(',')).size(), columns);
        QVERIFY(placeText(*forecast, forecast->peakEvent).contains(QStringLiteral("of loss")));
    }

    void keysMoveTheCrossHairToThePeakAndAway() {
        Theme theme(Theme::Mode::Dark);
        MemoryTimeline timeline(theme);
        const auto forecast = someForecast();
        timeline.setForecast(forecast, 0, std::int64_t{8} << 30);
        QSignalSpy placed(&timeline, &MemoryTimeline::placed);
        QTest::keyClick(&timeline, Qt::Key_P);
        QCOMPARE(placed.last().first().toLongLong(), static_cast<qlonglong>(forecast->peakEvent));
        QTest::keyClick(&timeline, Qt::Key_Left);
        QVERIFY(placed.last().first().toLongLong() < forecast->peakEvent);
    }

    void picturesAreWritten() {
        Theme theme(Theme::Mode::Light);
        MemoryTimeline timeline(theme);
        timeline.resize(600, 300);
        timeline.setForecast(someForecast(), 0, std::int64_t{8} << 30);
        QTemporaryDir folder;
        timeline.savePng(folder.filePath(QStringLiteral("a.png")));
        timeline.saveSvg(folder.filePath(QStringLiteral("a.svg")));
        QVERIFY(!QImage(folder.filePath(QStringLiteral("a.png"))).isNull());
        QVERIFY(QFile(folder.filePath(QStringLiteral("a.svg"))).size() > 1000);
    }

    void aChosenPartSelectsItsLargestTensor() {
        Theme theme(Theme::Mode::Dark);
        ConfigModel config;
        auto service = std::make_unique<test::ScriptedForecastService>();
        service->prompt = true;
        ForecastModel forecast(std::move(service), config);
        MemoryPage page(forecast, theme);
        QTRY_VERIFY(forecast.forecast() != nullptr);
        page.selectPart(CardPart::OptimizerState);
        const auto* table = page.findChild<QTableView*>();
        const auto rows = table->selectionModel()->selectedRows(TensorTable::Part);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.front().data().toString(), cardPartTitle(CardPart::OptimizerState));
    }
};

HEADROOM_UI_TEST_MAIN(TestMemoryPage)
#include "tst_memory_page.moc"
