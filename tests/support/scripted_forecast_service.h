#pragma once

#include "core/session/forecast_service.h"

#include <deque>
#include <functional>
#include <optional>
#include <utility>

namespace headroom::test {

/// A forecast of plausible shape, made by plain arithmetic: it grows with batch, segment, width, layers and
/// bands, has a timeline with one hump a layer, and adds up as a forecast must.
Forecast madeUpForecast(const ForecastRequest& request);

/// A service on which a test has each answer come when it wants to. One thread.
class ScriptedForecastService : public ForecastService {
public:
    using Answer = std::function<void(const ForecastAnswer&)>;

    void request(const ForecastRequest& request, Answer answer) override;
    void survey(std::vector<ForecastRequest> requests, Answer answer) override;
    void fit(const ForecastRequest& request,
             std::function<void(std::uint64_t, const std::vector<Fit>&)> answer) override;
    void guide(const Card& card, std::function<void(const std::vector<GuideFigure>&)> answer) override;
    /// A processor and two graphics cards that are not this machine's.
    std::vector<Card> cards() const override;

    /// Answers every request at once, from inside the call.
    bool prompt = false;
    /// What fit() finds.
    std::vector<Fit> fits;
    /// What guide() says.
    std::vector<GuideFigure> figures;

    /// Requests that wait for their answer, the oldest first.
    std::deque<std::pair<ForecastRequest, Answer>> requests;
    std::deque<std::pair<ForecastRequest, Answer>> surveyed;

    /// Answers the oldest that waits.
    void answerRequest();
    void refuseRequest(const std::string& message);
    void answerSurvey();
};

} // namespace headroom::test
