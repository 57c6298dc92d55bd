// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/step_time.h"

#include <string>

namespace headroom::app {

/// "14 to 25 min".
std::string timeText(const TimeRange& time);

/// "from the card's published figures, not measured".
std::string timeSourceText(TimeSource source);

} // namespace headroom::app
