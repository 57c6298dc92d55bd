#include "core/engine/forecast_service.h"

#include "core/engine/engine_error.h"
#include "core/forecast/fit_search.h"
#include "core/forecast/forecaster.h"
#include "core/memory/cards.h"
#include "core/shadow/shadow_device.h"
#include "core/support/error.h"
#include "core/support/give_way.h"

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

ForecastAnswer answerTo(const ForecastRequest& request) {
    try {
        return forecast(request);
    } catch (...) {
        return ForecastRefused{request.number, engineError(std::current_exception()).message()};
    }
}

/// A setting that no model can have has no fits either.
std::optional<std::vector<Fit>> fitsFor(const ForecastRequest& request, const std::stop_token& stop) {
    try {
        return searchFits(request, stop);
    } catch (...) {
        return std::vector<Fit>{};
    }
}

/// What waits: at most one request and one search, which go before the survey, the request first.
class Worker final : public ForecastService {
public:
    Worker() : cards_(knownCards()), thread_([this](const std::stop_token& stop) { run(stop); }) {}

    void request(const ForecastRequest& request, Answer answer) override {
        put([&] { request_.emplace(request, std::move(answer)); });
    }

    void survey(std::vector<ForecastRequest> requests, Answer answer) override {
        put([&] {
            survey_.assign(std::make_move_iterator(requests.begin()),
                           std::make_move_iterator(requests.end()));
            surveyAnswer_ = std::move(answer);
            for (ForecastRequest& each : survey_)
                each.withTimeline = false;
        });
    }

    void fit(const ForecastRequest& request, FitAnswer answer) override {
        put([&] {
            fit_.emplace(request, std::move(answer));
            searching_.request_stop();
        });
    }

    std::vector<Card> cards() const override { return cards_; }

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
        giveWay(GiveWay::ToTraining);
        for (std::unique_lock lock(mutex_);;) {
            wake_.wait(lock, stop, [this] { return request_ || fit_ || !survey_.empty(); });
            if (stop.stop_requested())
                return;
            const std::function<void()> job = takeJob(stop);
            lock.unlock();
            job();
            lock.lock();
        }
    }

    std::function<void()> takeJob(const std::stop_token& stop) {
        if (auto taken = std::exchange(request_, std::nullopt))
            return [taken = *std::move(taken)] { taken.second(answerTo(taken.first)); };
        if (auto taken = std::exchange(fit_, std::nullopt)) {
            searching_ = {};
            return [taken = *std::move(taken), stop, searching = searching_] {
                const std::stop_callback end(stop, [searching]() mutable { searching.request_stop(); });
                if (const auto found = fitsFor(taken.first, searching.get_token()))
                    taken.second(taken.first.number, *found);
            };
        }
        ForecastRequest next = std::move(survey_.front());
        survey_.pop_front();
        return [next = std::move(next), answer = surveyAnswer_] { answer(answerTo(next)); };
    }

    const std::vector<Card> cards_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::optional<std::pair<ForecastRequest, Answer>> request_; ///< these are guarded by mutex_
    std::optional<std::pair<ForecastRequest, FitAnswer>> fit_;
    std::deque<ForecastRequest> survey_;
    Answer surveyAnswer_;
    std::stop_source searching_; ///< ends the search under way
    std::jthread thread_;
};

} // namespace

std::unique_ptr<ForecastService> makeForecastService() {
    prepareShadowDevices();
    return std::make_unique<Worker>();
}

Forecast forecastNow(const ForecastRequest& request) {
    try {
        return forecast(request);
    } catch (...) {
        throw engineError(std::current_exception());
    }
}

std::vector<Fit> fitsNow(const ForecastRequest& request) {
    try {
        return searchFits(request).value_or(std::vector<Fit>{});
    } catch (...) {
        throw engineError(std::current_exception());
    }
}

std::vector<Card> knownCards() {
    std::vector<Card> cards = ownCards();
    cards.push_back(cpuCard());
    cards.insert(cards.end(), cardTable().begin(), cardTable().end());
    return cards;
}

Card cardNamed(const std::string& name) {
    if (name == "cpu" || name == "CPU")
        return cpuCard();
    if (const auto card = findCard(name))
        return *card;
    throw Error(ErrorKind::Input, "no card, or more than one, is called '" + name + "'", "--card",
                "`headroom forecast --cards` lists them.");
}

} // namespace headroom
