// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/event_json.h"

#include <optional>
#include <string>
#include <string_view>

namespace headroom {

/// "2026-01-31T12:00:00.000Z": ISO 8601 in UTC.
std::string formatEventTime(EventTime time);

/// Parses what formatEventTime writes; nothing for any other text.
std::optional<EventTime> parseEventTime(std::string_view text);

} // namespace headroom
