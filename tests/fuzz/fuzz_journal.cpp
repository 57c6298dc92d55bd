// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/event_json.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

/// Untrusted journals: lines that are events are read, all others ignored. An event that is written and read
/// again gives the same line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const headroom::TimedEvent& read : headroom::fromJsonLines(text).events) {
        const std::string line = headroom::toJsonLine(read.event, read.time);
        const headroom::TimedEvent again = headroom::fromJsonLine(line);
        if (headroom::toJsonLine(again.event, again.time) != line)
            std::abort();
    }
    return 0;
}
