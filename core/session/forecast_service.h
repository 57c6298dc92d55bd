// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"
#include "core/values/guide.h"

#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace headroom {

/// The forecast failed: no model can be built from this configuration.
struct ForecastRefused {
    std::uint64_t number = 0;
    std::string message = {};
};

using ForecastAnswer = std::variant<Forecast, ForecastRefused>;

/// Forecasts on a worker thread. Thread-safe; calls return immediately. Answers arrive on the worker thread
/// with the number of their request. The destructor joins; no answer arrives after it.
class ForecastService {
public:
    virtual ~ForecastService() = default;

    /// Computes the forecast that the user is waiting for. Answers with the steps alone (Forecast::ofStep),
    /// and then with the whole run unless a newer request has come. A new request replaces one that has not
    /// started. A request that has started is still answered; the receiver ignores outdated numbers.
    virtual void request(const ForecastRequest& request,
                         std::function<void(const ForecastAnswer&)> answer) = 0;

    /// Computes forecasts without timelines, for the fit zones of sliders, at a lower priority than
    /// request(). A new call drops what remains of the previous one.
    virtual void survey(std::vector<ForecastRequest> requests,
                        std::function<void(const ForecastAnswer&)> answer) = 0;

    /// Searches the cheapest changes that make the configuration fit, best first; empty if there are none.
    /// Replaces an unfinished search. A request() interrupts it.
    virtual void fit(const ForecastRequest& request,
                     std::function<void(std::uint64_t number, const std::vector<Fit>&)> answer) = 0;

    /// The figures of the 32 GB guide beside those of this card; runs after all requests and searches.
    virtual void guide(const Card& card, std::function<void(const std::vector<GuideFigure>&)> answer) = 0;

    /// The table of common cards; this machine's card comes first if it can train.
    virtual std::vector<Card> cards() const = 0;

    /// Why no card of this machine can train, and what to do about it; empty if one can.
    virtual std::string noUsableCard() const { return {}; }
};

} // namespace headroom
