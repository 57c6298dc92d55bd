#include "core/allocator/stream_recorder.h"

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

void StreamRecorder::describe(std::int32_t block, std::span<const std::int64_t> sizes, const char* type,
                              std::int64_t bytes) {
    AllocationStream::Block& described = stream_.blocks[static_cast<std::size_t>(block)];
    AllocationStream::Shape shape{.dimensions = sizes.size(), .type = type};
    if (bytes != described.bytes || sizes.size() > shape.sizes.size())
        return;
    std::copy(sizes.begin(), sizes.end(), shape.sizes.begin());
    described.shape = static_cast<std::int32_t>(stream_.shapes.size());
    stream_.shapes.push_back(shape);
}

bool StreamRecorder::leavesNothing(std::int64_t begin) const {
    return std::all_of(stream_.events.begin() + begin, stream_.events.end(), [&](std::int32_t entry) {
        const auto block = static_cast<std::size_t>(entry < 0 ? ~entry : entry);
        return entry < 0 ? madeAt_[block] >= begin : !living_[block];
    });
}

// ------------------------------------------------------------ segments

StreamRecorder::Segment StreamRecorder::copy(std::int64_t begin) const {
    Segment segment{.events = {stream_.events.begin() + begin, stream_.events.end()}};
    for (auto passage = stream_.passages.rbegin();
         passage != stream_.passages.rend() && passage->begin >= begin; ++passage)
        segment.passages.push_back({passage->begin - begin, passage->end - begin, passage->again});
    std::reverse(segment.passages.begin(), segment.passages.end());
    for (auto mark = stream_.marks.rbegin(); mark != stream_.marks.rend(); ++mark) {
        const std::int64_t event = std::max<std::int64_t>(0, mark->event - begin);
        segment.marks.push_back({event, mark->phase, mark->module});
        if (event == 0)
            break;
    }
    if (segment.marks.empty() || segment.marks.back().event > 0)
        segment.marks.push_back({0, phase_, module_});
    std::reverse(segment.marks.begin(), segment.marks.end());
    return segment;
}

StreamRecorder::Segment StreamRecorder::cut(std::int64_t begin) {
    Segment segment = copy(begin);
    stream_.events.resize(static_cast<std::size_t>(begin));
    std::erase_if(stream_.passages, [&](const auto& passage) { return passage.end > begin; });
    std::erase_if(stream_.marks, [&](const auto& mark) { return mark.event >= begin; });
    return segment;
}

void StreamRecorder::writeBack(const Segment& segment) {
    const std::int64_t begin = position();
    for (const std::int32_t entry : segment.events) {
        if (entry >= 0)
            madeAt_[static_cast<std::size_t>(entry)] = position();
        stream_.events.push_back(entry);
    }
    Renaming none;
    writeBounds(segment, begin, none);
}

void StreamRecorder::write(const Segment& segment, Renaming& renaming) {
    const std::int64_t begin = position();
    renaming.blocks.reserve(renaming.blocks.size() + segment.events.size() / 2);
    for (const std::int32_t entry : segment.events) {
        const std::int32_t block = entry < 0 ? ~entry : entry;
        if (stream_.blocks[static_cast<std::size_t>(block)].lasting) {
            stream_.events.push_back(entry);
            continue;
        }
        const auto given = renaming.blocks.find(block);
        if (entry < 0 && given == renaming.blocks.end())
            throw std::logic_error(
                "a passage of allocations that is written once more frees what is older: " +
                stream_
                    .names[static_cast<std::size_t>(stream_.blocks[static_cast<std::size_t>(block)].module)]);
        if (entry < 0) {
            free(given->second);
            continue;
        }
        const auto made =
            given == renaming.blocks.end() ? static_cast<std::int32_t>(stream_.blocks.size()) : given->second;
        if (given == renaming.blocks.end()) {
            renaming.blocks[block] = made;
            stream_.blocks.emplace_back();
            madeAt_.push_back(0);
            living_.push_back(true);
        }
        AllocationStream::Block& copy = stream_.blocks[static_cast<std::size_t>(made)];
        copy = stream_.blocks[static_cast<std::size_t>(block)];
        copy.module = renamed(copy.module, renaming);
        madeAt_[static_cast<std::size_t>(made)] = position();
        stream_.events.push_back(made);
    }
    writeBounds(segment, begin, renaming);
}

void StreamRecorder::writeBounds(const Segment& segment, std::int64_t begin, Renaming& renaming) {
    for (const AllocationStream::Passage& passage : segment.passages)
        stream_.passages.push_back({begin + passage.begin, begin + passage.end, passage.again});
    for (const AllocationStream::Mark& each : segment.marks)
        mark({begin + each.event, each.phase, renamed(each.module, renaming)});
    mark();
}

/// The name with the path in it replaced.
std::int32_t StreamRecorder::renamed(std::int32_t name, Renaming& renaming) {
    const auto [found, isNew] = renaming.names.try_emplace(name, name);
    if (!isNew)
        return found->second;
    const auto& [path, other] = renaming.path;
    const std::string& text = stream_.names[static_cast<std::size_t>(name)];
    const bool within =
        !path.empty() && text.starts_with(path) && (text.size() == path.size() || text[path.size()] == '.');
    if (within)
        found->second = this->name(other + text.substr(path.size()));
    return found->second;
}

// ------------------------------------------------------------ names

std::int32_t StreamRecorder::name(std::string_view text) {
    const auto found = names_.find(text);
    if (found != names_.end())
        return found->second;
    stream_.names.emplace_back(text);
    return names_.emplace(text, static_cast<std::int32_t>(stream_.names.size()) - 1).first->second;
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

void StreamRecorder::mark(const AllocationStream::Mark& mark) {
    if (stream_.marks.empty() || stream_.marks.back().event < mark.event)
        stream_.marks.push_back(mark);
    else
        stream_.marks.back() = mark;
}

} // namespace headroom
