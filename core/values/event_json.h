// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

/// The current time, for the time stamp of an event.
EventTime eventTimeNow();

/// The event as one line of JSON, without the newline: {"event": "step", "time": "2026-01-31T12:00:00.000Z",
/// ...}. Names of events and fields are in snake case. Non-finite numbers are the strings "NaN", "Infinity"
/// and "-Infinity", absent values are null, so that every line is standard JSON.
std::string toJsonLine(const TrainingEvent& event, EventTime time);

/// Reads such a line; ignores unknown fields.
/// @throws Error (Input) for any other text
TimedEvent fromJsonLine(std::string_view line);

/// The events of several lines, and a note for each line that was skipped.
struct EventLines {
    std::vector<TimedEvent> events;
    std::vector<std::string> notes; ///< one sentence per skipped line
};

/// Reads lines terminated by newlines. Skips damaged lines, and an unterminated last line, which a crash has
/// torn or which is still being written.
EventLines fromJsonLines(std::string_view text);

} // namespace headroom
