#pragma once

#include "core/session/forecast_service.h"

#include <string>
#include <vector>

namespace headroom {

/// One forecast, on this thread. Throws Error (Input) for a configuration that no model can have.
Forecast forecastNow(const ForecastRequest& request);

/// The search of ForecastService::fit(), on this thread. Throws as forecastNow().
std::vector<Fit> fitsNow(const ForecastRequest& request);

/// As ForecastService::guide(), on this thread.
std::vector<GuideFigure> guideNow(const Card& card);

/// As ForecastService::cards().
std::vector<Card> knownCards();

/// As ForecastService::noUsableCard().
std::string noUsableCardHere();

/// The device that this card is on this machine: "cpu", "cuda:1"; empty where it is not here.
std::string deviceOf(const Card& card);

/// The card of the machine or the table that has this name, or part of it.
/// @throws Error (Input) where none or several have it
Card cardNamed(const std::string& name);

} // namespace headroom
