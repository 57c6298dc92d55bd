// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/forecast/forecaster.h"
#include "core/forecast/published_time.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <cmath>

using namespace headroom;

namespace {

constexpr CardRates rates{.bandwidth = 1e12, .fp32 = 1e13, .bf16 = 1e14};

bool isClose(double actual, double expected) {
    return std::abs(actual - expected) <= 1e-9 * expected;
}

ForecastRequest smallRequest(const Card& card) {
    ForecastRequest request{.card = card, .detail = ForecastDetail::Totals};
    request.config.audio.segmentLength = 1;
    request.config.model.hiddenDim = 64;
    request.config.model.numLayers = 1;
    request.config.training.batchSize = 1;
    request.config.training.gradientAccumulationSteps = 3;
    request.config.training.stepsPerEpoch = 600;
    request.config.training.numEpochs = 7;
    return request;
}

} // namespace

class TestPublishedTime : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Against figures computed by hand: 1 s of bytes, 0.2 s and 0.3 s of products, 2000 calls.
    void followsFromCounts() {
        const TimeRange time =
            publishedTime({.flops = 2e12, .bf16Flops = 3e13, .bytes = 1e12, .calls = 2000}, rates);
        QVERIFY(isClose(time.low, 1));
        QVERIFY(isClose(time.high, 1 / 0.6 + 0.5 / 0.4 + 0.01));
        QVERIFY(isClose(time.seconds, (time.low + time.high) / 2));
    }

    void lowerEndIsTheLargerOfBytesAndProducts() {
        QVERIFY(isClose(publishedTime({.bf16Flops = 3e14, .bytes = 1e12}, rates).low, 3));
        QVERIFY(isClose(publishedTime({.bf16Flops = 3e14, .bytes = 4e12}, rates).low, 4));
    }

    void callsOnlyRaiseTheUpperEnd() {
        const TimeRange few = publishedTime({.bytes = 1e12, .calls = 0}, rates);
        const TimeRange many = publishedTime({.bytes = 1e12, .calls = 1e6}, rates);
        QCOMPARE(many.low, few.low);
        QVERIFY(isClose(many.high, few.high + 5));
    }

    void laptopsMayBeSlowerButNotFaster() {
        CardRates laptop = rates;
        laptop.isLaptop = true;
        const Cost cost{.bf16Flops = 1e14};
        QCOMPARE(publishedTime(cost, laptop).low, publishedTime(cost, rates).low);
        QVERIFY(isClose(publishedTime(cost, laptop).high, 2 * publishedTime(cost, rates).high));
    }

    /// Segments of random lengths take less time, and the memory of the longest.
    void randomLengthsTakeTheirMeanTime() {
        ForecastRequest request = smallRequest(findCard("RTX 4060").value());
        const Forecast longest = forecast(request);
        request.config.audio.segmentShortening = 0.5;
        const Forecast random = forecast(request);
        QCOMPARE(random.peakReserved, longest.peakReserved);
        QCOMPARE(random.deviceTotal, longest.deviceTotal);
        QVERIFY(isClose(random.time.value().update.high, 0.75 * longest.time.value().update.high));
        QVERIFY(isClose(random.time->epoch.low, 0.75 * longest.time->epoch.low));
    }

    /// So what the longest needs is enough for a run of random lengths, whose cache holds one length at a
    /// time.
    void shorterSegmentsReserveNoMore() {
        ForecastRequest request = smallRequest(findCard("RTX 4060").value());
        request.config.audio.segmentLength = 4;
        const Forecast longest = forecast(request);
        for (const double seconds : {3.9, 3.5, 3.1, 2.7, 2.3, 2.0}) {
            request.config.audio.segmentLength = seconds;
            const Forecast shorter = forecast(request);
            QVERIFY(shorter.phase(RunPhase::Step).peakReserved <= longest.phase(RunPhase::Step).peakReserved);
            QVERIFY(shorter.phase(RunPhase::Step).peakAllocated <
                    longest.phase(RunPhase::Step).peakAllocated);
        }
    }

    void forecastHasItsIntervals() {
        const Card card = findCard("RTX 4060").value();
        const ForecastRequest request = smallRequest(card);
        const Forecast found = forecast(request);
        QVERIFY(found.time);
        QCOMPARE(found.time->source, TimeSource::Published);
        const Cost cost = found.cost.total();
        QVERIFY(isClose(found.time->update.low,
                        std::max(cost.bytes / 272e9, cost.flops / 15.1e12 + cost.bf16Flops / 30.2e12)));
        QVERIFY(isClose(found.time->step.high * 3, found.time->update.high));
        QVERIFY(isClose(found.time->epoch.low, 200 * found.time->update.low));
        QVERIFY(isClose(found.time->run.seconds, 7 * found.time->epoch.seconds));
    }

    void capacityDoesNotMatter() {
        Card card = findCard("RTX 4060").value();
        const auto whole = forecast(smallRequest(card)).time;
        card.capacity /= 2;
        QVERIFY(forecast(smallRequest(card)).time == whole);
    }

    void isUnknownWithoutRates() {
        QVERIFY(!forecast(smallRequest(cpuCard())).time);
        Card unknown = findCard("RTX 4060").value();
        unknown.name = "RTX 9999";
        QVERIFY(!forecast(smallRequest(unknown)).time);
    }
};

HEADROOM_TEST_MAIN(TestPublishedTime)
#include "tst_published_time.moc"
