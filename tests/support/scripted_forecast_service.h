// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/forecast_service.h"

#include <deque>
#include <functional>
#include <optional>
#include <utility>

namespace headroom::test {

/// A plausible forecast from simple arithmetic. It grows with batch size, segment length, width, layers and
/// bands, its timeline has one hump per layer, and its parts add up to the peak. On cards it has a published
/// time.
Forecast fakeForecast(const ForecastRequest& request);

/// A forecast service whose answers a test triggers one by one. One thread.
class ScriptedForecastService : public ForecastService {
public:
    using Answer = std::function<void(const ForecastAnswer&)>;

    void request(const ForecastRequest& request, Answer answer) override;
    void survey(std::vector<ForecastRequest> requests, Answer answer) override;
    void fit(const ForecastRequest& request,
             std::function<void(std::uint64_t, const std::vector<Fit>&)> answer) override;
    void guide(const Card& card, std::function<void(const std::vector<GuideFigure>&)> answer) override;
    /// The CPU and two cards, independent of this machine.
    std::vector<Card> cards() const override;

    /// Answers every request immediately, in the call.
    bool prompt = false;
    /// The result of fit().
    std::vector<Fit> fits;
    /// The result of guide().
    std::vector<GuideFigure> figures;

    /// Pending requests, oldest first.
    std::deque<std::pair<ForecastRequest, Answer>> requests;
    std::deque<std::pair<ForecastRequest, Answer>> surveyed;

    /// Answers the oldest pending request.
    void answerRequest();
    void refuseRequest(const std::string& message);
    void answerSurvey();
};

} // namespace headroom::test
