// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace headroom::app {

/// Options of the commands that forecast.
struct ForecastArguments {
    std::string config;
    std::vector<std::string> overrides;
    std::string card;
    std::string device;                     ///< of this machine; excludes `card`
    std::int64_t capacity = 0;              ///< bytes; 0: that of the card
    std::int64_t others = 0;                ///< bytes that other programs use
    std::int64_t maxSplitSize = 0;          ///< bytes; 0: no limit
    std::optional<bool> expandableSegments; ///< absent: as the program would
    int ranks = 1;
    bool json = false;
};

/// --config, --set, --ranks and those of addCardOptions().
void addForecastOptions(CLI::App& command, ForecastArguments& arguments);

/// --card, --device, --capacity, --others, --[no-]expandable-segments, --max-split-size, --json.
void addCardOptions(CLI::App& command, ForecastArguments& arguments);

/// The card of the options, with --capacity. Throws Error (Input) if it is unknown.
Card chosenCard(const ForecastArguments& arguments);

/// Settings as the options say, otherwise as `others`. Throws Error (Input) for sizes that PyTorch refuses.
AllocatorSettings chosenAllocator(const ForecastArguments& arguments, AllocatorSettings others);

/// Throws Error (Input) if the configuration is not valid or the card is unknown.
ForecastRequest forecastRequest(const ForecastArguments& arguments);

/// "RTX 4070, 12.0 GiB".
std::string cardText(const Card& card);

/// "fits: 5.1 of 12.0 GiB, about 14 to 25 min an epoch (from the card's published figures, not measured)".
std::string verdictText(const Forecast& forecast, const Card& card);

} // namespace headroom::app
