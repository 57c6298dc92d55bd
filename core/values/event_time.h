#pragma once

#include "core/values/event_json.h"

#include <optional>
#include <string>
#include <string_view>

namespace headroom {

/// "2026-01-31T12:00:00.000Z": ISO 8601 in UTC.
std::string formatEventTime(EventTime time);

/// Nothing for anything that formatEventTime does not write.
std::optional<EventTime> parseEventTime(std::string_view text);

} // namespace headroom
