#pragma once

#include "core/values/forecast.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace headroom::app {

/// What a forecast is asked for on the command line.
struct ForecastArguments {
    std::string config;
    std::vector<std::string> overrides;
    std::string card;
    std::int64_t capacity = 0; ///< bytes; 0: the card's
    std::int64_t others = 0;
    std::int64_t maxSplitSize = 0;
    bool expandableSegments = false;
    bool json = false;
};

/// --config, --set, --card, --capacity, --others, --expandable-segments, --max-split-size, --json.
void addForecastOptions(CLI::App& command, ForecastArguments& arguments);

/// @throws Error (Input) for a configuration or a card that cannot be
ForecastRequest forecastRequest(const ForecastArguments& arguments);

/// "RTX 4070, 12.0 GiB".
std::string cardText(const Card& card);

/// "fits: 5.1 of 12.0 GiB".
std::string verdictText(const Forecast& forecast, const Card& card);

} // namespace headroom::app
