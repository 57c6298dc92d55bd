// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/forecast_now.h"
#include "core/engine/services.h"
#include "core/forecast/machine_record.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <future>
#include <map>
#include <sstream>
#include <string>

using namespace headroom;

namespace {

ForecastRequest smallRequest(std::uint64_t number) {
    ForecastRequest request{.number = number};
    request.config.audio.segmentLength = 1;
    request.config.model.hiddenDim = 64;
    request.config.model.numLayers = 1;
    request.config.training.batchSize = 2;
    request.config.training.gradientAccumulationSteps = 2;
    request.card = cardNamed("RTX 3060");
    return request;
}

ForecastRequest impossibleRequest(std::uint64_t number) {
    ForecastRequest request = smallRequest(number);
    request.config.model.headdim = 100; // does not divide the inner width
    return request;
}

std::uint64_t numberOf(const ForecastAnswer& answer) {
    return std::visit([](const auto& each) { return each.number; }, answer);
}

bool isFirstPart(const ForecastAnswer& answer) {
    const auto* forecast = std::get_if<Forecast>(&answer);
    return forecast != nullptr && forecast->ofStep;
}

/// The last answer to a request.
ForecastAnswer ask(ForecastService& service, const ForecastRequest& request) {
    std::promise<ForecastAnswer> promise;
    service.request(request, [&](const ForecastAnswer& answer) {
        if (!isFirstPart(answer))
            promise.set_value(answer);
    });
    return promise.get_future().get();
}

/// Bytes of a tensor of this shape: "2 x 3 fp32".
std::int64_t bytesOf(const std::string& shape) {
    std::istringstream words(shape);
    std::int64_t elements = 1;
    for (std::string word; words >> word;) {
        if (std::isdigit(static_cast<unsigned char>(word.front())) != 0)
            elements *= std::stoll(word);
        else if (word != "x")
            return elements * (word == "bf16" ? 2 : word == "fp32" ? 4 : 8);
    }
    return 0;
}

} // namespace

class TestForecastWorker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void largeTensorsHaveShapes() {
        const auto service = makeForecastService();
        ForecastRequest request = smallRequest(1);
        request.config.model.numLayers = 4;
        for (const bool recompute : {false, true}) {
            request.config.model.useGradientCheckpointing = recompute;
            const auto answer = ask(*service, request);
            std::int64_t all = 0;
            std::int64_t known = 0;
            for (const LargeTensor& tensor : std::get<Forecast>(answer).largest) {
                QVERIFY(!tensor.module.starts_with(" "));
                if (tensor.part == MemoryPart::Workspaces) // of libraries, without a shape
                    continue;
                all += tensor.bytes;
                known += tensor.shape.empty() ? 0 : tensor.bytes;
                if (!tensor.shape.empty())
                    QCOMPARE(bytesOf(tensor.shape) * tensor.count, tensor.bytes);
            }
            QVERIFY(10 * known > 9 * all);
        }
    }

    void partsAddUpToPeakOfTimeline() {
        const auto service = makeForecastService();
        const auto answer = ask(*service, smallRequest(1));
        const auto& forecast = std::get<Forecast>(answer);
        QCOMPARE(forecast.number, 1U);
        std::int64_t sum = 0;
        for (const std::int64_t bytes : forecast.parts)
            sum += bytes;
        QCOMPARE(sum, forecast.peakAllocated);
        std::int64_t highest = 0;
        for (const TimelinePoint& point : forecast.timeline)
            highest = std::max(highest, point.allocated());
        // The timeline shows a steady step. In the first step, blocks can be slightly larger than requested.
        QVERIFY(highest <= forecast.peakAllocated);
        QVERIFY(highest > forecast.peakAllocated / 100 * 99);
        QVERIFY(forecast.minimumCapacity >= forecast.peakAllocated);
        QVERIFY(forecast.minimumCapacity <= forecast.peakReserved);
        QVERIFY(forecast.deviceTotal >= forecast.peakReserved);
        QCOMPARE(forecast.verdict, Verdict::Fits);
        QCOMPARE(forecast.spans.front().begin, 0);
        QCOMPARE(forecast.spans.back().end, forecast.events);
        for (std::size_t i = 1; i < forecast.spans.size(); ++i)
            QCOMPARE(forecast.spans[i].begin, forecast.spans[i - 1].end);
        std::int64_t largest = 0;
        for (const LargeTensor& tensor : forecast.largest)
            largest += tensor.bytes;
        QVERIFY(largest <= forecast.peakAllocated);
        QVERIFY(largest > forecast.peakAllocated / 2);
        QCOMPARE(forecast.time.value().source, TimeSource::Published);
    }

    /// A calibration of the card replaces the published time, in forecasts, surveys and fits.
    void measuredTimeReplacesPublished() {
        const QTemporaryDir cache;
        const QByteArray before = qgetenv("XDG_CACHE_HOME");
        qputenv("XDG_CACHE_HOME", cache.path().toUtf8());
        MachineRecord record;
        for (std::size_t i = 1; i <= MachineSpeed::minimumSamples; ++i) {
            const double seconds = static_cast<double>(i);
            record.calibration.push_back({{.bytes = 1e9 * seconds}, seconds}); // 1 GB/s
        }
        const ForecastRequest request = smallRequest(1);
        writeMachineRecord(machineRecordPath(request.card.name), record);
        const Forecast found = forecastNow(request);
        const std::vector<Fit> fits = fitsNow(request);
        qputenv("XDG_CACHE_HOME", before);
        QCOMPARE(found.time.value().source, TimeSource::Measured);
        const double expected = found.cost.total().bytes / 1e9;
        QVERIFY(std::abs(found.time->update.seconds / expected - 1) < 1e-6);
        QVERIFY(found.time->update.low < found.time->update.seconds);
        QCOMPARE(fits.front().forecast.time.value().source, TimeSource::Measured);
        QVERIFY(fits.front().forecast.time->update == found.time->update);
    }

    /// The first answer has the timeline and the peaks of the steps.
    void answersStepsBeforeWholeRun() {
        const auto service = makeForecastService();
        ForecastRequest request = smallRequest(1);
        request.config.separation.chunkSeconds = 60; // takes more than the steps
        std::vector<Forecast> answers;
        std::promise<void> done;
        service->request(request, [&](const ForecastAnswer& answer) {
            answers.push_back(std::get<Forecast>(answer));
            if (answers.size() == 2)
                done.set_value();
        });
        done.get_future().wait();
        QVERIFY(answers[0].ofStep && !answers[1].ofStep);
        QVERIFY(answers[0].phase(RunPhase::Step) == answers[1].phase(RunPhase::Step));
        QCOMPARE(answers[0].timeline.size(), answers[1].timeline.size());
        QCOMPARE(answers[0].peakReserved, answers[0].phase(RunPhase::Step).peakReserved);
        QCOMPARE(answers[1].peakReserved, answers[1].phase(RunPhase::Validation).peakReserved);
        QVERIFY(answers[1].peakReserved > answers[0].peakReserved);
        QVERIFY(answers[1].peakPhase() == RunPhase::Validation);
    }

    void refusesInvalidConfiguration() {
        const auto service = makeForecastService();
        const auto answer = ask(*service, impossibleRequest(7));
        QCOMPARE(numberOf(answer), 7U);
        QVERIFY(!std::get<ForecastRefused>(answer).message.empty());
        QVERIFY(std::holds_alternative<Forecast>(ask(*service, smallRequest(8))));
    }

    void answersNewestRequest() {
        const auto service = makeForecastService();
        std::promise<void> last;
        std::vector<std::uint64_t> answered;
        constexpr std::uint64_t requests = 20;
        for (std::uint64_t i = 1; i <= requests; ++i) {
            service->request(smallRequest(i), [&](const ForecastAnswer& answer) {
                answered.push_back(numberOf(answer));
                if (answered.back() == requests && !isFirstPart(answer))
                    last.set_value();
            });
        }
        last.get_future().wait();
        QVERIFY(std::is_sorted(answered.begin(), answered.end()));
        QCOMPARE(answered.back(), requests);
    }

    void surveyAnswersInOrderWithoutTimelines() {
        const auto service = makeForecastService();
        std::vector<ForecastRequest> requests;
        for (std::uint64_t i = 1; i <= 4; ++i) {
            requests.push_back(smallRequest(i));
            requests.back().config.training.batchSize = static_cast<int>(i);
        }
        std::vector<Forecast> answers;
        std::promise<void> done;
        service->survey(requests, [&](const ForecastAnswer& answer) {
            answers.push_back(std::get<Forecast>(answer));
            if (answers.size() == 4)
                done.set_value();
        });
        done.get_future().wait();
        for (std::size_t i = 0; i < answers.size(); ++i) {
            QCOMPARE(answers[i].number, i + 1);
            QVERIFY(answers[i].timeline.empty());
            QVERIFY(i == 0 || answers[i].peakAllocated > answers[i - 1].peakAllocated);
        }
    }

    void fitsKeepEffectiveBatch() {
        const auto service = makeForecastService();
        ForecastRequest request = smallRequest(3);
        request.config.audio.segmentLength = 4;
        const auto whole = std::get<Forecast>(ask(*service, request));
        request.card.capacity = whole.deviceTotal - (whole.peakReserved / 3);
        std::promise<std::vector<Fit>> promise;
        service->fit(request, [&](std::uint64_t number, const std::vector<Fit>& fits) {
            promise.set_value(number == 3 ? fits : std::vector<Fit>{});
        });
        const std::vector<Fit> fits = promise.get_future().get();
        QVERIFY(!fits.empty());
        for (const Fit& fit : fits) {
            QVERIFY(fit.forecast.verdict != Verdict::DoesNotFit);
            QVERIFY(!fit.changes.empty());
            QCOMPARE(fit.config.training.batchSize * fit.config.training.gradientAccumulationSteps, 4);
        }
        QCOMPARE(fits.front().config.training.batchSize, 2); // recompute is sufficient
    }

    void requestInterruptsSearch() {
        const auto service = makeForecastService();
        ForecastRequest large{.number = 1, .card = cardNamed("RTX 3060")}; // takes seconds
        std::vector<std::uint64_t> answered;
        std::promise<void> done;
        service->fit(large, [&](std::uint64_t number, const std::vector<Fit>&) {
            answered.push_back(number);
            done.set_value();
        });
        ask(*service, smallRequest(2)); // the search has probably started
        service->request(smallRequest(3), [&](const ForecastAnswer& answer) {
            if (!isFirstPart(answer))
                answered.push_back(numberOf(answer));
        });
        done.get_future().wait();
        QCOMPARE(answered, (std::vector<std::uint64_t>{3, 1}));
    }

    void guideRunsAfterRequests() {
        const auto service = makeForecastService();
        std::promise<std::size_t> figures;
        service->guide(cardNamed("RTX 3060"),
                       [&](const std::vector<GuideFigure>& all) { figures.set_value(all.size()); });
        QCOMPARE(numberOf(ask(*service, smallRequest(4))), 4U);
        QVERIFY(figures.get_future().get() > 20);
    }

    void destructionDiscardsSurvey() {
        const auto service = makeForecastService();
        service->survey(std::vector<ForecastRequest>(500, smallRequest(1)), [](const ForecastAnswer&) {});
    }

    void listsCardsOfMachineFirst() {
        const auto cards = makeForecastService()->cards();
        const auto cpu =
            std::find_if(cards.begin(), cards.end(), [](const Card& card) { return card.computeMajor == 0; });
        QVERIFY(cpu != cards.end());
        QVERIFY(cpu->capacity > 0);
        QVERIFY(cards.size() > 30);
        std::map<std::string, int> names;
        for (const Card& card : cards)
            QCOMPARE(++names[card.name], 1);
        for (auto card = cpu + 1; card != cards.end(); ++card) {
            QVERIFY(card->contextLow > 0);
            QVERIFY(card->contextHigh > card->contextLow);
            QVERIFY(card->contextHigh < card->capacity);
        }
    }
};

HEADROOM_TEST_MAIN(TestForecastWorker)
#include "tst_forecast_worker.moc"
