#pragma once

#include "core/values/forecast.h"
#include "core/values/guide.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace headroom {

/// The setting that the guide starts from, and the one that it arrives at: the presets guide-before and
/// guide-after.
RunConfig guideBefore();
RunConfig guideAfter();

/// The guide's figures and advice, each beside what a forecast for this card says. Any thread.
/// @return nothing where it was stopped
std::optional<std::vector<GuideFigure>> guideFigures(const Card& card, const std::stop_token& stop = {});

} // namespace headroom
