#include "core/values/event_json.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

/// Any bytes are a journal, of which the lines that are events are read. What was read is written and read
/// again as the same line.
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
