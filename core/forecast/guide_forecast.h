// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"
#include "core/values/guide.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace headroom {

/// The original and the reduced configuration of the guide: the presets guide-before and guide-after.
RunConfig guideBefore();
RunConfig guideAfter();

/// The guide's figures and advice, each with the forecast for this card. Any thread.
/// @return absent if stopped
std::optional<std::vector<GuideFigure>> guideFigures(const Card& card, const std::stop_token& stop = {});

} // namespace headroom
