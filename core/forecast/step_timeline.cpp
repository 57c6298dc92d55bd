#include "core/forecast/step_timeline.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

namespace headroom {
namespace {

constexpr std::size_t mostPoints = 1200;
constexpr std::size_t mostTensors = 40;

std::size_t blockOf(std::int32_t entry) {
    return static_cast<std::size_t>(entry < 0 ? ~entry : entry);
}

/// "5 x 62 x 801 x 256 bf16"; empty where it is not known.
std::string shapeText(const AllocationStream& stream, const AllocationStream::Block& block) {
    if (block.shape < 0)
        return {};
    const AllocationStream::Shape& shape = stream.shapes[static_cast<std::size_t>(block.shape)];
    std::string text;
    for (std::size_t i = 0; i < shape.dimensions; ++i)
        text += (i > 0 ? " x " : "") + std::to_string(shape.sizes[i]);
    return text + (text.empty() ? "" : " ") + shape.type;
}

/// "dual_path.0 / matmul"; what no part of the model asks for has the operator alone.
std::string ownerText(const AllocationStream& stream, const AllocationStream::Block& block) {
    const std::string& module = stream.names[static_cast<std::size_t>(block.module)];
    const std::string& operation = stream.names[static_cast<std::size_t>(block.operation)];
    return module.empty() ? operation : module + " / " + operation;
}

/// Keeps of each stretch of events its highest and its lowest point, and the ends.
std::vector<TimelinePoint> thinned(const std::vector<TimelinePoint>& points) {
    if (points.size() <= mostPoints)
        return points;
    const std::size_t stretches = mostPoints / 2;
    std::vector<TimelinePoint> kept = {points.front()};
    const auto byAllocated = [](const TimelinePoint& a, const TimelinePoint& b) {
        return a.allocated() < b.allocated();
    };
    for (std::size_t i = 0; i < stretches; ++i) {
        const auto at = [&](std::size_t stretch) {
            return points.begin() + static_cast<std::ptrdiff_t>(points.size() * stretch / stretches);
        };
        const auto highest = std::max_element(at(i), at(i + 1), byAllocated);
        const auto lowest = std::min_element(at(i), at(i + 1), byAllocated);
        kept.push_back(*std::min(highest, lowest));
        if (highest != lowest)
            kept.push_back(*std::max(highest, lowest));
    }
    kept.push_back(points.back());
    const auto sameEvent = [](const TimelinePoint& a, const TimelinePoint& b) { return a.event == b.event; };
    kept.erase(std::unique(kept.begin(), kept.end(), sameEvent), kept.end());
    return kept;
}

} // namespace

StepTimeline::StepTimeline(const AllocationStream& stream)
    : stream_(stream), stepBegin_(stream.passages.empty() ? 0 : stream.passages.back().begin),
      stepEnd_(stream.passages.empty() ? std::ssize(stream.events) : stream.passages.back().end),
      older_(stream.blocks.size(), false) {}

void StepTimeline::add(const ReplayState& state) {
    if (state.event >= stepEnd_) // the trainer goes
        return;
    if (state.event == stepBegin_) { // once more: what was seen so far is setup, or an earlier step
        for (const std::int32_t entry : entries_)
            older_[blockOf(entry)] = entry >= 0;
        entries_.clear();
        points_.clear();
        spans_.clear();
        mark_ = 0;
    }
    points_.push_back({.event = static_cast<std::int64_t>(points_.size()),
                       .parts = state.parts,
                       .reserved = state.reserved});
    entries_.push_back(stream_.events[static_cast<std::size_t>(state.event)]);
    addSpan(state.event);
}

/// Passages go back to events that were there before.
void StepTimeline::addSpan(std::int64_t event) {
    const auto& marks = stream_.marks;
    const std::size_t before = mark_;
    while (mark_ > 0 && marks[mark_ - 1].event > event)
        --mark_;
    while (mark_ < marks.size() && marks[mark_].event <= event)
        ++mark_;
    if (mark_ == 0)
        return;
    const auto end = static_cast<std::int64_t>(points_.size());
    if (mark_ == before && !spans_.empty()) {
        spans_.back().end = end;
        return;
    }
    const std::string& phase = stream_.names[static_cast<std::size_t>(marks[mark_ - 1].phase)];
    const std::string& module = stream_.names[static_cast<std::size_t>(marks[mark_ - 1].module)];
    if (!spans_.empty() && spans_.back().phase == phase && spans_.back().module == module)
        spans_.back().end = end;
    else
        spans_.push_back({phase, module, end - 1, end});
}

void StepTimeline::finish(Forecast& forecast) const {
    const auto highest =
        std::max_element(points_.begin(), points_.end(), [](const TimelinePoint& a, const TimelinePoint& b) {
            return a.allocated() < b.allocated();
        });
    if (highest == points_.end())
        return;
    forecast.events = static_cast<std::int64_t>(points_.size());
    forecast.peakEvent = highest->event;
    forecast.timeline = thinned(points_);
    forecast.spans = spans_;
    forecast.largest = largest(highest->event);
}

/// Their lives: from the event that made them, or the step's first, to the one that frees them, or its end.
std::vector<LargeTensor> StepTimeline::largest(std::int64_t peak) const {
    std::map<std::size_t, std::int64_t> begins; // by block that lives at the peak
    for (std::size_t block = 0; block < older_.size(); ++block) {
        if (older_[block])
            begins[block] = 0;
    }
    for (std::int64_t i = 0; i <= peak; ++i) {
        const std::int32_t entry = entries_[static_cast<std::size_t>(i)];
        if (entry >= 0)
            begins[blockOf(entry)] = i;
        else
            begins.erase(blockOf(entry));
    }
    std::map<std::size_t, std::int64_t> ends;
    for (auto i = static_cast<std::size_t>(peak) + 1; i < entries_.size(); ++i) {
        if (entries_[i] < 0)
            ends.try_emplace(blockOf(entries_[i]), static_cast<std::int64_t>(i));
    }

    std::map<std::tuple<std::string, std::string, MemoryPart, std::int64_t>, LargeTensor> groups;
    for (const auto& [number, begin] : begins) {
        const AllocationStream::Block& block = stream_.blocks[number];
        const std::string owner = ownerText(stream_, block);
        const std::string shape = shapeText(stream_, block);
        const auto ended = ends.find(number);
        const std::int64_t end =
            ended == ends.end() ? static_cast<std::int64_t>(entries_.size()) : ended->second;
        LargeTensor& group =
            groups
                .try_emplace({owner, shape, block.part, block.bytes}, LargeTensor{.module = owner,
                                                                                  .shape = shape,
                                                                                  .part = block.part,
                                                                                  .count = 0,
                                                                                  .begin = begin,
                                                                                  .end = end})
                .first->second;
        group.bytes += block.bytes;
        ++group.count;
        group.begin = std::min(group.begin, begin);
        group.end = std::max(group.end, end);
    }
    std::vector<LargeTensor> list;
    list.reserve(groups.size());
    for (auto& [key, group] : groups)
        list.push_back(std::move(group));
    std::stable_sort(list.begin(), list.end(),
                     [](const LargeTensor& a, const LargeTensor& b) { return a.bytes > b.bytes; });
    list.resize(std::min(list.size(), mostTensors));
    return list;
}

} // namespace headroom
