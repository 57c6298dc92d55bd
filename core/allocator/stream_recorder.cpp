// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/allocator/stream_recorder.h"

#include <algorithm>
#include <stdexcept>

namespace headroom {

std::int32_t StreamRecorder::allocate(std::int64_t bytes) {
    const auto block = static_cast<std::int32_t>(stream_.blocks.size());
    stream_.blocks.push_back({.bytes = bytes, .module = module_, .operation = operation_});
    allocatedAt_.push_back(position());
    live_.push_back(true);
    stream_.events.push_back(block);
    return block;
}

void StreamRecorder::allocatePersistent(std::int64_t bytes, MemoryPart part) {
    const std::int32_t block = allocate(bytes);
    stream_.blocks[static_cast<std::size_t>(block)].persistent = true;
    assign(block, part);
}

void StreamRecorder::free(std::int32_t block) {
    live_[static_cast<std::size_t>(block)] = false;
    stream_.events.push_back(~block);
}

void StreamRecorder::assign(std::int32_t block, MemoryPart part) {
    stream_.blocks[static_cast<std::size_t>(block)].part = part;
}

void StreamRecorder::assignLive(std::int64_t sinceEvent, MemoryPart part) {
    for (std::size_t block = live_.size(); block-- > 0 && allocatedAt_[block] >= sinceEvent;) {
        if (live_[block] && stream_.blocks[block].part == MemoryPart::Temporaries)
            stream_.blocks[block].part = part;
    }
}

void StreamRecorder::assignModule(std::int64_t sinceEvent, std::int32_t module, MemoryPart part) {
    for (std::size_t block = live_.size(); block-- > 0 && allocatedAt_[block] >= sinceEvent;) {
        if (stream_.blocks[block].module == module)
            stream_.blocks[block].part = part;
    }
}

void StreamRecorder::repeat(std::int64_t begin, std::int64_t repeats) {
    if (repeats < 1 || begin == position())
        return;
    for (std::int64_t event = begin; event < position(); ++event) {
        const std::int32_t entry = stream_.events[static_cast<std::size_t>(event)];
        if (entry == AllocationStream::release)
            throw std::logic_error("a repeated passage of allocations releases cached memory");
        const auto block = static_cast<std::size_t>(entry < 0 ? ~entry : entry);
        if (entry < 0 ? allocatedAt_[block] < begin : live_[block] && !stream_.blocks[block].persistent)
            throw std::logic_error("a repeated passage of allocations " +
                                   std::string(entry < 0 ? "frees an older block: " : "leaks a block: ") +
                                   stream_.names[static_cast<std::size_t>(stream_.blocks[block].module)] +
                                   " / " +
                                   stream_.names[static_cast<std::size_t>(stream_.blocks[block].operation)]);
    }
    stream_.passages.push_back({begin, position(), repeats});
}

void StreamRecorder::setShape(std::int32_t block, std::span<const std::int64_t> sizes, const char* type,
                              std::int64_t bytes) {
    AllocationStream::Block& target = stream_.blocks[static_cast<std::size_t>(block)];
    AllocationStream::Shape shape{.dimensions = sizes.size(), .type = type};
    if (bytes != target.bytes || sizes.size() > shape.sizes.size())
        return;
    std::copy(sizes.begin(), sizes.end(), shape.sizes.begin());
    target.shape = static_cast<std::int32_t>(stream_.shapes.size());
    stream_.shapes.push_back(shape);
}

bool StreamRecorder::isBalanced(std::int64_t begin) const {
    return std::all_of(stream_.events.begin() + begin, stream_.events.end(), [&](std::int32_t entry) {
        const auto block = static_cast<std::size_t>(entry < 0 ? ~entry : entry);
        return entry < 0 ? allocatedAt_[block] >= begin : !live_[block];
    });
}

// ------------------------------------------------------------ sections

StreamRecorder::Section StreamRecorder::copy(std::int64_t begin) const {
    Section section{.events = {stream_.events.begin() + begin, stream_.events.end()}};
    for (auto passage = stream_.passages.rbegin();
         passage != stream_.passages.rend() && passage->begin >= begin; ++passage)
        section.passages.push_back({passage->begin - begin, passage->end - begin, passage->repeats});
    std::reverse(section.passages.begin(), section.passages.end());
    for (auto mark = stream_.marks.rbegin(); mark != stream_.marks.rend(); ++mark) {
        const std::int64_t event = std::max<std::int64_t>(0, mark->event - begin);
        section.marks.push_back({event, mark->phase, mark->module});
        if (event == 0)
            break;
    }
    if (section.marks.empty() || section.marks.back().event > 0)
        section.marks.push_back({0, phase_, module_});
    std::reverse(section.marks.begin(), section.marks.end());
    return section;
}

StreamRecorder::Section StreamRecorder::cut(std::int64_t begin) {
    Section section = copy(begin);
    stream_.events.resize(static_cast<std::size_t>(begin));
    std::erase_if(stream_.passages, [&](const auto& passage) { return passage.end > begin; });
    std::erase_if(stream_.marks, [&](const auto& mark) { return mark.event >= begin; });
    return section;
}

void StreamRecorder::paste(const Section& section) {
    const std::int64_t begin = position();
    for (const std::int32_t entry : section.events) {
        if (entry >= 0)
            allocatedAt_[static_cast<std::size_t>(entry)] = position();
        stream_.events.push_back(entry);
    }
    Substitution none;
    pasteBounds(section, begin, none);
}

void StreamRecorder::pasteCopy(const Section& section, Substitution& substitution) {
    const std::int64_t begin = position();
    substitution.blocks.reserve(substitution.blocks.size() + section.events.size() / 2);
    for (const std::int32_t entry : section.events) {
        const std::int32_t block = entry < 0 ? ~entry : entry;
        if (stream_.blocks[static_cast<std::size_t>(block)].persistent) {
            stream_.events.push_back(entry);
            continue;
        }
        const auto given = substitution.blocks.find(block);
        if (entry < 0 && given == substitution.blocks.end())
            throw std::logic_error(
                "a copied section of allocations frees an older block: " +
                stream_
                    .names[static_cast<std::size_t>(stream_.blocks[static_cast<std::size_t>(block)].module)]);
        if (entry < 0) {
            free(given->second);
            continue;
        }
        const auto target = given == substitution.blocks.end()
                                ? static_cast<std::int32_t>(stream_.blocks.size())
                                : given->second;
        if (given == substitution.blocks.end()) {
            substitution.blocks[block] = target;
            stream_.blocks.emplace_back();
            allocatedAt_.push_back(0);
            live_.push_back(true);
        }
        AllocationStream::Block& copy = stream_.blocks[static_cast<std::size_t>(target)];
        copy = stream_.blocks[static_cast<std::size_t>(block)];
        copy.module = substituted(copy.module, substitution);
        allocatedAt_[static_cast<std::size_t>(target)] = position();
        stream_.events.push_back(target);
    }
    pasteBounds(section, begin, substitution);
}

void StreamRecorder::pasteBounds(const Section& section, std::int64_t begin, Substitution& substitution) {
    for (const AllocationStream::Passage& passage : section.passages)
        stream_.passages.push_back({begin + passage.begin, begin + passage.end, passage.repeats});
    for (const AllocationStream::Mark& each : section.marks)
        mark({begin + each.event, each.phase, substituted(each.module, substitution)});
    mark();
}

/// The name with its module path replaced.
std::int32_t StreamRecorder::substituted(std::int32_t name, Substitution& substitution) {
    const auto [found, isNew] = substitution.names.try_emplace(name, name);
    if (!isNew)
        return found->second;
    const auto& [path, other] = substitution.path;
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
