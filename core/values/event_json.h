#pragma once

#include "core/values/events.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

using EventTime = std::chrono::sys_time<std::chrono::milliseconds>;

struct TimedEvent {
    EventTime time;
    TrainingEvent event;
};

/// Now, as events are stamped.
EventTime eventTimeNow();

/// The event as one line of JSON, without the newline: {"event": "step", "time": "2026-01-31T12:00:00.000Z",
/// ...}, the names of events and fields in snake case. Numbers that are not finite are the texts "NaN",
/// "Infinity" and
/// "-Infinity", absent ones null, so that every line is JSON to everyone.
std::string toJsonLine(const TrainingEvent& event, EventTime time);

/// Reads such a line; fields it does not know are left out.
/// @throws Error of kind Input for anything else
TimedEvent fromJsonLine(std::string_view line);

/// Many lines, and what was wrong with some of them.
struct EventLines {
    std::vector<TimedEvent> events;
    std::vector<std::string> notes; ///< a sentence for each line that could not be read and was left out
};

/// Reads lines that end in newlines. A last one without, torn by a crash or not yet wholly written, is left
/// out, as is every line that is damaged.
EventLines fromJsonLines(std::string_view text);

} // namespace headroom
