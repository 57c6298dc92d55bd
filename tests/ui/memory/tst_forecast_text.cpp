// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/option_table.h"
#include "tests/support/scripted_forecast_service.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/config_model.h"
#include "ui/memory/forecast_model.h"
#include "ui/memory/forecast_text.h"

using namespace headroom;
using namespace headroom::ui;

namespace {

/// A machine whose card cannot train.
class OldCardService final : public test::ScriptedForecastService {
public:
    explicit OldCardService(std::string reason) : reason_(std::move(reason)) { prompt = true; }
    std::string noUsableCard() const override { return reason_; }

private:
    std::string reason_;
};

/// With what NCCL takes of a card.
class NcclService final : public test::ScriptedForecastService {
public:
    void request(const ForecastRequest& request, Answer answer) override {
        Forecast forecast = test::fakeForecast(request);
        if (request.ranks > 1 && request.card.computeMajor > 0) {
            forecast.exchangeLow = std::int64_t{16} << 20;
            forecast.exchangeHigh = std::int64_t{512} << 20;
        }
        answer(forecast);
    }
};

/// A machine with two cards.
class TwoCardService final : public test::ScriptedForecastService {
public:
    std::vector<Card> cards() const override {
        std::vector<Card> cards = {ScriptedForecastService::cards()[1], ScriptedForecastService::cards()[1],
                                   ScriptedForecastService::cards()[0]};
        cards[0].device = "cuda:0";
        cards[1].device = "cuda:1";
        return cards;
    }
};

QString detailWith(const std::string& reason) {
    ConfigModel config;
    ForecastModel model(std::make_unique<OldCardService>(reason), config);
    if (!QTest::qWaitFor([&] { return model.forecast() != nullptr; }))
        return {};
    return forecastText(model).detail;
}

} // namespace

class TestForecastText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void explainsWhyTheCardIsNotUsable() {
        const QString reason = QStringLiteral("GTX 1080 is too old. Use a newer card.");
        QVERIFY(detailWith(reason.toStdString()).contains("Training here uses the CPU: " + reason));
    }

    void usableCardIsNotMentioned() {
        const QString detail = detailWith({});
        QVERIFY(!detail.isEmpty());
        QVERIFY(!detail.contains("CPU:"));
    }

    void severalRanksAreNamed() {
        ConfigModel config;
        ForecastModel model(std::make_unique<NcclService>(), config);
        QTRY_VERIFY(model.forecast() != nullptr);
        QVERIFY(!forecastText(model).detail.contains("ranks"));
        model.setRanks(2);
        QTRY_VERIFY2(forecastText(model).detail.contains(
                         "One of 2 ranks. NCCL takes 16 MiB to 0.5 GiB of the card, estimated."),
                     qPrintable(forecastText(model).detail));
        model.setCard(0);
        QTRY_VERIFY(forecastText(model).detail.contains("One of 2 ranks."));
    }

    void stepsThatCannotBeDividedAreNoInvalidModel() {
        ConfigModel config;
        config.set(*findOption("training.gradient_accumulation_steps"), std::int64_t{6});
        auto service = std::make_unique<test::ScriptedForecastService>();
        test::ScriptedForecastService& forecasts = *service;
        ForecastModel model(std::move(service), config);
        model.setRanks(4);
        while (!forecasts.requests.empty())
            forecasts.refuseRequest("The nearest numbers that they can share are 4 and 8.");
        QTRY_COMPARE(forecastText(model).headline, QStringLiteral("Steps cannot be divided"));
        QVERIFY(forecastText(model).detail.contains("4 and 8"));
        model.setRanks(3);
        forecasts.refuseRequest("no model can be built");
        QTRY_COMPARE(forecastText(model).headline, QStringLiteral("Invalid model"));
    }

    /// Each card of this machine can have a rank; a card that is not here, or the CPU, any number.
    void ranksAreLimitedByTheCardsHere() {
        ConfigModel config;
        ForecastModel model(std::make_unique<TwoCardService>(), config);
        QCOMPARE(model.mostRanks(), 2);
        model.setRanks(4);
        QCOMPARE(model.ranks(), 2);
        QCOMPARE(model.trainingDevice(), std::string("cuda"));
        model.setCard(2); // the CPU
        QCOMPARE(model.ranks(), 4);
        QCOMPARE(model.trainingDevice(), std::string("cpu"));
        model.setRanks(1);
        model.setCard(1);
        QCOMPARE(model.trainingDevice(), std::string("cuda:1"));
        model.setRunDevice("cuda:0", 2);
        QCOMPARE(model.ranks(), 2);
        model.setRunDevice({});
        QCOMPARE(model.ranks(), 1);
    }
};

HEADROOM_UI_TEST_MAIN(TestForecastText)
#include "tst_forecast_text.moc"
