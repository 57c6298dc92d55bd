// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/forecast_service.h"

#include <string>
#include <vector>

namespace headroom {

/// Forecasts on the calling thread. Throws Error (Input) for an invalid configuration.
Forecast forecastNow(const ForecastRequest& request);

/// Searches as ForecastService::fit() does, on the calling thread. Throws as forecastNow().
std::vector<Fit> fitsNow(const ForecastRequest& request);

/// See ForecastService::guide(). Runs on the calling thread.
std::vector<GuideFigure> guideNow(const Card& card);

/// See ForecastService::cards().
std::vector<Card> knownCards();

/// See ForecastService::noUsableCard().
std::string noUsableCardHere();

/// The device of this card on this machine: "cpu", "cuda:1"; empty if the machine does not have it.
std::string deviceOf(const Card& card);

/// The card of this machine, or its CPU, that training would use with this --device.
/// @param notice set to the reason if "auto" selects the CPU, else to an empty text
/// @throws Error (Input) as computeDevice()
Card cardOfDevice(const std::string& device, std::string& notice);

/// The settings of the allocator that this program uses on a card.
AllocatorSettings allocatorSettingsFor(const Card& card);

/// The card of the machine or of the table whose name is, or contains, `name`.
/// @throws Error (Input) if none or several match
Card cardNamed(const std::string& name);

} // namespace headroom
