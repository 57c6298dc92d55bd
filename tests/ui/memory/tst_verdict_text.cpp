// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/mib.h"
#include "tests/support/scripted_forecast_service.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/config_model.h"
#include "ui/memory/forecast_model.h"
#include "ui/memory/forecast_text.h"
#include "ui/text/memory_text.h"

#include <memory>

using namespace headroom;
using namespace headroom::ui;

namespace {

constexpr std::int64_t gibibyte = 1024 * mib;

/// A machine with one card, on which the configuration leaves `free` bytes.
class OneCardService final : public test::ScriptedForecastService {
public:
    OneCardService(const RunConfig& config, std::int64_t others, std::int64_t free) {
        prompt = true;
        card_.name = "RTX 4060";
        card_.computeMajor = 8;
        card_.computeMinor = 9;
        card_.contextLow = 300 * mib;
        card_.contextHigh = 430 * mib;
        const ForecastRequest request{.config = config, .card = card_, .others = others};
        card_.capacity = test::fakeForecast(request).deviceTotal + free;
    }

    std::vector<Card> cards() const override {
        Card cpu;
        cpu.name = "CPU";
        cpu.capacity = gibibyte;
        return {card_, cpu};
    }

    /// Forecasts that the allocator completes the run by releasing cached memory.
    bool releases = false;

    void request(const ForecastRequest& request, Answer answer) override {
        ScriptedForecastService::request(request, [this, answer](ForecastAnswer given) {
            if (Forecast* forecast = std::get_if<Forecast>(&given); forecast != nullptr && releases)
                forecast->verdict = Verdict::Tight;
            answer(given);
        });
    }

private:
    Card card_;
};

} // namespace

class TestVerdictText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesVerdictAndFreeMemory_data() {
        QTest::addColumn<qint64>("free");
        QTest::addColumn<QString>("headline");
        QTest::addColumn<QString>("detail");
        QTest::newRow("fits") << qint64{20 * gibibyte} << "Fits: "
                              << "20.0 GiB left";
        QTest::newRow("tight") << qint64{100 * mib} << "Tight: "
                               << "Only 100 MiB left";
        QTest::newRow("nothing left") << qint64{0} << "Tight: "
                                      << "Only 0 B left";
        QTest::newRow("does not fit") << qint64{-gibibyte} << "Won't fit: "
                                      << "1.0 GiB over";
    }

    void namesVerdictAndFreeMemory() {
        QFETCH(const qint64, free);
        QFETCH(const QString, headline);
        QFETCH(const QString, detail);
        ConfigModel config;
        ForecastModel model(std::make_unique<OneCardService>(config.config(), gibibyte, free), config);
        model.setAssumedOthers(gibibyte);
        QTRY_VERIFY(model.forecast() != nullptr &&
                    model.forecast()->deviceTotal == model.card().capacity - free);
        const ForecastText text = forecastText(model);
        QVERIFY2(text.headline.startsWith(headline), qPrintable(text.headline));
        QVERIFY2(text.detail.contains(detail), qPrintable(text.detail));
    }

    void tellsThatCachedMemoryMustBeReleased() {
        ConfigModel config;
        auto service = std::make_unique<OneCardService>(config.config(), gibibyte, -100 * mib);
        service->releases = true;
        ForecastModel model(std::move(service), config);
        model.setAssumedOthers(gibibyte);
        QTRY_VERIFY(model.forecast() != nullptr && model.forecast()->deviceTotal > model.card().capacity);
        const ForecastText text = forecastText(model);
        QVERIFY2(text.headline.startsWith(QStringLiteral("Tight: ")), qPrintable(text.headline));
        QVERIFY2(text.detail.contains(QStringLiteral("100 MiB over: fits only by releasing cached memory")),
                 qPrintable(text.detail));
    }

    void namesEveryVerdict() {
        QCOMPARE(verdictText(Verdict::Fits), QStringLiteral("fits"));
        QCOMPARE(verdictText(Verdict::Tight), QStringLiteral("tight"));
        QCOMPARE(verdictText(Verdict::DoesNotFit), QStringLiteral("does not fit"));
    }
};

HEADROOM_UI_TEST_MAIN(TestVerdictText)
#include "tst_verdict_text.moc"
