#pragma once

#include "core/values/forecast.h"
#include "core/values/guide.h"

#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace headroom {

/// Why a forecast could not be made: a setting that no model can have.
struct ForecastRefused {
    std::uint64_t number = 0;
    std::string message = {};
};

using ForecastAnswer = std::variant<Forecast, ForecastRefused>;

/// Forecasts on a worker thread. Calls return at once, from any thread; answers come on the worker's thread,
/// each with the number of its request. Destruction joins; no answer comes after it.
class ForecastService {
public:
    virtual ~ForecastService() = default;

    /// The forecast that the user waits for. A newer request replaces one that has not begun; what has begun
    /// is answered all the same, and the receiver drops it by its number.
    virtual void request(const ForecastRequest& request,
                         std::function<void(const ForecastAnswer&)> answer) = 0;

    /// Forecasts without a timeline, one after another, for as long as nobody calls request(), which goes
    /// first: what paints the sliders. Another call to survey() drops what is left of the last.
    virtual void survey(std::vector<ForecastRequest> requests,
                        std::function<void(const ForecastAnswer&)> answer) = 0;

    /// The cheapest settings that fit, the best first; empty where none does. Replaces an unfinished one. A
    /// request() goes before it even when it has begun.
    virtual void fit(const ForecastRequest& request,
                     std::function<void(std::uint64_t number, const std::vector<Fit>&)> answer) = 0;

    /// The guide's figures beside those of this card, behind all requests and searches.
    virtual void guide(const Card& card, std::function<void(const std::vector<GuideFigure>&)> answer) = 0;

    /// The cards that people own, the machine's own first where it has one that can train.
    virtual std::vector<Card> cards() const = 0;

    /// Why none of this machine's cards can train, and what to do about it, in two sentences; empty where one
    /// can.
    virtual std::string noUsableCard() const { return {}; }
};

} // namespace headroom
