// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/engine/calibration_store.h"
#include "core/engine/engine_error.h"
#include "core/engine/forecast_now.h"
#include "core/engine/services.h"
#include "core/forecast/fit_search.h"
#include "core/forecast/forecaster.h"
#include "core/forecast/guide_forecast.h"
#include "core/model/allocator_settings.h"
#include "core/model/compute_device.h"
#include "core/simulate/simulated_device.h"
#include "core/support/bytes.h"
#include "core/support/error.h"
#include "core/support/log.h"
#include "core/support/thread_priority.h"

#include <fmt/format.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace headroom {
namespace {

using Answer = std::function<void(const ForecastAnswer&)>;
using FitAnswer = std::function<void(std::uint64_t, const std::vector<Fit>&)>;
using GuideAnswer = std::function<void(const std::vector<GuideFigure>&)>;

/// A job that a request interrupts and that then starts over. Returns whether it was completed.
using LongJob = std::function<bool(const std::stop_token&)>;

ForecastRefused refusal(const ForecastRequest& request) {
    return {request.number, engineError(std::current_exception()).message()};
}

ForecastAnswer answerTo(const ForecastRequest& request, CalibrationStore& calibrations) {
    try {
        Forecast answer = forecast(request);
        calibrations.addTo(answer, request);
        log(LogCategory::Forecast, LogLevel::Debug,
            fmt::format("{}: {} in total, {} allocated", request.card.name, formatBytes(answer.deviceTotal),
                        formatBytes(answer.peakAllocated)));
        return answer;
    } catch (...) {
        return refusal(request);
    }
}

AddMeasuredTime timesOf(CalibrationStore& calibrations) {
    return [&calibrations](Forecast& forecast, const ForecastRequest& request) {
        calibrations.addTo(forecast, request);
    };
}

/// No fits for an invalid configuration; absent if a stop was requested.
std::optional<std::vector<Fit>> fitsFor(const ForecastRequest& request, CalibrationStore& calibrations,
                                        const std::stop_token& stop) {
    try {
        return searchFits(request, stop, timesOf(calibrations));
    } catch (...) {
        return std::vector<Fit>{};
    }
}

/// Queues at most one request, one search and one guide. They run before the survey, in this order.
class ForecastWorker final : public ForecastService {
public:
    ForecastWorker() : cards_(knownCards()), thread_([this](const std::stop_token& stop) { run(stop); }) {}

    void request(const ForecastRequest& request, Answer answer) override {
        put([&] {
            request_.emplace(request, std::move(answer));
            currentStop_.request_stop();
        });
    }

    void survey(std::vector<ForecastRequest> requests, Answer answer) override {
        put([&] {
            survey_.assign(std::make_move_iterator(requests.begin()),
                           std::make_move_iterator(requests.end()));
            surveyAnswer_ = std::move(answer);
            for (ForecastRequest& each : survey_)
                each.detail = ForecastDetail::Totals;
        });
    }

    void fit(const ForecastRequest& request, FitAnswer answer) override {
        put([&] {
            fit_ = [this, request, answer = std::move(answer)](const std::stop_token& stop) {
                const auto found = fitsFor(request, calibrations_, stop);
                if (found)
                    answer(request.number, *found);
                return found.has_value();
            };
            currentStop_.request_stop();
        });
    }

    void guide(const Card& card, GuideAnswer answer) override {
        put([&] {
            guide_ = [card, answer = std::move(answer)](const std::stop_token& stop) {
                const auto figures = guideFigures(card, stop);
                if (figures)
                    answer(*figures);
                return figures.has_value();
            };
        });
    }

    std::vector<Card> cards() const override { return cards_; }
    std::string noUsableCard() const override { return noUsableCardHere(); }

private:
    template <class Change>
    void put(const Change& change) {
        {
            const std::scoped_lock lock(mutex_);
            change();
        }
        wake_.notify_one();
    }

    void run(const std::stop_token& stop) {
        lowerThreadPriority(ThreadPriority::Background);
        for (std::unique_lock lock(mutex_);;) {
            wake_.wait(lock, stop, [this] { return request_ || fit_ || guide_ || !survey_.empty(); });
            if (stop.stop_requested())
                return;
            const std::function<void()> job = takeJob(stop);
            lock.unlock();
            job();
            lock.lock();
        }
    }

    /// Answers with the steps, then with the whole run unless a newer request waits.
    void answerInParts(const ForecastRequest& request, const Answer& answer) {
        try {
            StagedForecast staged(request);
            Forecast steps = staged.step();
            calibrations_.addTo(steps, request);
            answer(steps);
            if (requestWaits())
                return;
            Forecast run = staged.run();
            calibrations_.addTo(run, request);
            answer(run);
        } catch (...) {
            answer(refusal(request));
        }
    }

    bool requestWaits() {
        const std::scoped_lock lock(mutex_);
        return request_.has_value();
    }

    std::function<void()> takeJob(const std::stop_token& stop) {
        if (auto taken = std::exchange(request_, std::nullopt))
            return [this, taken = *std::move(taken)] { answerInParts(taken.first, taken.second); };
        for (LongJob* slot : {&fit_, &guide_}) {
            if (*slot)
                return longJob(*slot, stop);
        }
        ForecastRequest next = std::move(survey_.front());
        survey_.pop_front();
        return
            [this, next = std::move(next), answer = surveyAnswer_] { answer(answerTo(next, calibrations_)); };
    }

    /// Takes a job from its slot. An interrupted job returns to the slot, unless a newer one is there.
    std::function<void()> longJob(LongJob& slot, const std::stop_token& stop) {
        currentStop_ = {};
        return [this, &slot, stop, job = std::exchange(slot, nullptr), interrupt = currentStop_] {
            const std::stop_callback end(stop, [interrupt]() mutable { interrupt.request_stop(); });
            if (job(interrupt.get_token()))
                return;
            const std::scoped_lock lock(mutex_);
            if (!slot)
                slot = job;
        };
    }

    const std::vector<Card> cards_;
    CalibrationStore calibrations_; ///< worker thread only
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::optional<std::pair<ForecastRequest, Answer>> request_; ///< guarded by mutex_, like all below
    LongJob fit_;
    LongJob guide_;
    std::deque<ForecastRequest> survey_;
    Answer surveyAnswer_;
    std::stop_source currentStop_; ///< interrupts the current long job
    std::jthread thread_;
};

} // namespace

std::unique_ptr<ForecastService> makeForecastService() {
    prepareSimulatedDevices();
    return std::make_unique<ForecastWorker>();
}

Forecast forecastNow(const ForecastRequest& request) {
    try {
        Forecast answer = forecast(request);
        CalibrationStore().addTo(answer, request);
        return answer;
    } catch (...) {
        throw engineError(std::current_exception());
    }
}

std::vector<Fit> fitsNow(const ForecastRequest& request) {
    try {
        CalibrationStore calibrations;
        return searchFits(request, {}, timesOf(calibrations)).value_or(std::vector<Fit>{});
    } catch (...) {
        throw engineError(std::current_exception());
    }
}

std::vector<GuideFigure> guideNow(const Card& card) {
    return guideFigures(card).value();
}

std::vector<Card> knownCards() {
    std::vector<Card> cards;
    for (const UsableCard& own : usableCards())
        cards.push_back(withMeasuredContext(own.card));
    cards.push_back(cpuCard());
    cards.insert(cards.end(), cardTable().begin(), cardTable().end());
    return cards;
}

std::string noUsableCardHere() {
    return noUsableCard();
}

std::string deviceOf(const Card& card) {
    if (!card.device.empty())
        return card.device;
    for (const UsableCard& own : usableCards()) {
        if (own.card.name == card.name)
            return deviceName(own.device);
    }
    return {};
}

Card cardOfDevice(const std::string& device, std::string& notice) {
    const ComputeDevice selected = computeDevice(device);
    notice = selected.notice;
    Card card = withMeasuredContext(cardOf(selected.device));
    card.device = deviceName(selected.device);
    return card;
}

AllocatorSettings allocatorSettingsFor(const Card& card) {
    return allocatorSettings(card);
}

Card cardNamed(const std::string& name) {
    if (name == "cpu" || name == "CPU")
        return cpuCard();
    for (const UsableCard& own : usableCards()) {
        if (own.card.name == name)
            return withMeasuredContext(own.card);
    }
    if (const auto card = findCard(name))
        return *card;
    throw Error(ErrorKind::Input, "'" + name + "' matches no card, or more than one", "--card",
                "`headroom forecast --cards` lists the supported cards: GTX 16, RTX 20, T4 and newer.");
}

} // namespace headroom
