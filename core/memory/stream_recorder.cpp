#include "core/memory/stream_recorder.h"

#include <algorithm>
#include <stdexcept>

namespace headroom {

std::int32_t StreamRecorder::allocate(std::int64_t bytes) {
    const auto block = static_cast<std::int32_t>(stream_.blocks.size());
    stream_.blocks.push_back({.bytes = bytes, .module = module_, .operation = operation_});
    madeAt_.push_back(position());
    living_.push_back(true);
    stream_.events.push_back(block);
    return block;
}

void StreamRecorder::allocateLasting(std::int64_t bytes, MemoryPart part) {
    const std::int32_t block = allocate(bytes);
    stream_.blocks[static_cast<std::size_t>(block)].lasting = true;
    assign(block, part);
}

void StreamRecorder::free(std::int32_t block) {
    living_[static_cast<std::size_t>(block)] = false;
    stream_.events.push_back(~block);
}

void StreamRecorder::assign(std::int32_t block, MemoryPart part) {
    stream_.blocks[static_cast<std::size_t>(block)].part = part;
}

void StreamRecorder::assignLiving(std::int64_t sinceEvent, MemoryPart part) {
    for (std::size_t block = living_.size(); block-- > 0 && madeAt_[block] >= sinceEvent;) {
        if (living_[block] && stream_.blocks[block].part == MemoryPart::Temporaries)
            stream_.blocks[block].part = part;
    }
}

void StreamRecorder::repeat(std::int64_t begin, std::int64_t again) {
    if (again < 1 || begin == position())
        return;
    for (std::int64_t event = begin; event < position(); ++event) {
        const std::int32_t entry = stream_.events[static_cast<std::size_t>(event)];
        const auto block = static_cast<std::size_t>(entry < 0 ? ~entry : entry);
        if (entry < 0 ? madeAt_[block] < begin : living_[block] && !stream_.blocks[block].lasting)
            throw std::logic_error("a passage of allocations that is to come again " +
                                   std::string(entry < 0 ? "frees what is older: " : "leaves behind: ") +
                                   stream_.names[static_cast<std::size_t>(stream_.blocks[block].module)] +
                                   " / " +
                                   stream_.names[static_cast<std::size_t>(stream_.blocks[block].operation)]);
    }
    stream_.passages.push_back({begin, position(), again});
}

std::int32_t StreamRecorder::name(std::string_view text) {
    const auto [place, isNew] =
        names_.try_emplace(std::string(text), static_cast<std::int32_t>(stream_.names.size()));
    if (isNew)
        stream_.names.emplace_back(text);
    return place->second;
}

void StreamRecorder::setPhase(std::int32_t name) {
    phase_ = name;
    mark();
}

void StreamRecorder::setModule(std::int32_t name) {
    if (name == module_)
        return;
    module_ = name;
    mark();
}

void StreamRecorder::mark() {
    if (stream_.marks.empty() || stream_.marks.back().event < position())
        stream_.marks.push_back({position(), phase_, module_});
    else
        stream_.marks.back() = {position(), phase_, module_};
}

} // namespace headroom
