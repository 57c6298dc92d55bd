// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scripted_forecast_service.h"
#include "tests/support/strict_ui_main.h"
#include "ui/memory/card_use.h"

#include <numeric>

using namespace headroom;
using namespace headroom::ui;

namespace {

Forecast someForecast() {
    ForecastRequest request;
    request.card = test::ScriptedForecastService().cards().at(1);
    request.others = 1 << 20;
    return test::fakeForecast(request);
}

} // namespace

class TestCardUse : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void partsAddUpToTheDeviceTotal() {
        const Forecast forecast = someForecast();
        const CardUse use = cardUse(forecast, 1 << 20);
        QCOMPARE(std::accumulate(use.begin(), use.end(), std::int64_t{0}), forecast.deviceTotal);
        QCOMPARE(use[static_cast<std::size_t>(CardPart::SavedActivations)],
                 forecast.parts[static_cast<std::size_t>(MemoryPart::SavedActivations)]);
    }

    /// With several ranks.
    void ncclIsNoPartOfTheContext() {
        Forecast forecast = someForecast();
        const CardUse before = cardUse(forecast, 0);
        forecast.exchangeHigh = 1 << 20;
        forecast.deviceTotal += forecast.exchangeHigh;
        const CardUse use = cardUse(forecast, 0);
        QCOMPARE(use[static_cast<std::size_t>(CardPart::Exchange)], forecast.exchangeHigh);
        QCOMPARE(use[static_cast<std::size_t>(CardPart::Context)],
                 before[static_cast<std::size_t>(CardPart::Context)]);
        QCOMPARE(std::accumulate(use.begin(), use.end(), std::int64_t{0}), forecast.deviceTotal);
    }

    void memoryReserveBelongsToOtherPrograms() {
        Forecast forecast = someForecast();
        const CardUse before = cardUse(forecast, 1 << 20);
        forecast.reserve = 512 << 20;
        forecast.deviceTotal += forecast.reserve;
        const CardUse use = cardUse(forecast, 1 << 20);
        const auto part = [](const CardUse& all, CardPart which) {
            return all[static_cast<std::size_t>(which)];
        };
        QCOMPARE(part(use, CardPart::Others), part(before, CardPart::Others) + forecast.reserve);
        QCOMPARE(part(use, CardPart::Context), part(before, CardPart::Context));
    }
};

HEADROOM_UI_TEST_MAIN(TestCardUse)
#include "tst_card_use.moc"
