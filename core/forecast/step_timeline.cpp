// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/step_timeline.h"

#include "core/values/run_phase.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <tuple>

namespace headroom {
namespace {

constexpr std::size_t maxPoints = 1200;
constexpr std::size_t maxTensors = 40;

std::size_t blockOf(std::int32_t entry) {
    return static_cast<std::size_t>(entry < 0 ? ~entry : entry);
}

/// "5 x 62 x 801 x 256 bf16"; empty if unknown.
std::string shapeText(const AllocationStream& stream, const AllocationStream::Block& block) {
    if (block.shape < 0)
        return {};
    const AllocationStream::Shape& shape = stream.shapes[static_cast<std::size_t>(block.shape)];
    std::string text;
    for (std::size_t i = 0; i < shape.dimensions; ++i)
        text += (i > 0 ? " x " : "") + std::to_string(shape.sizes[i]);
    return text + (text.empty() ? "" : " ") + shape.type;
}

/// "dual_path.0 / matmul"; only the operator if no module allocated the block.
std::string ownerText(const AllocationStream& stream, const AllocationStream::Block& block) {
    const std::string& module = stream.names[static_cast<std::size_t>(block.module)];
    const std::string& operation = stream.names[static_cast<std::size_t>(block.operation)];
    return module.empty() ? operation : module + " / " + operation;
}

/// Keeps the highest and the lowest point of each interval of events, and both ends.
std::vector<TimelinePoint> thinned(const std::vector<TimelinePoint>& points) {
    if (points.size() <= maxPoints)
        return points;
    const std::size_t intervals = maxPoints / 2;
    std::vector<TimelinePoint> kept = {points.front()};
    const auto byAllocated = [](const TimelinePoint& a, const TimelinePoint& b) {
        return a.allocated() < b.allocated();
    };
    for (std::size_t i = 0; i < intervals; ++i) {
        const auto at = [&](std::size_t interval) {
            return points.begin() + static_cast<std::ptrdiff_t>(points.size() * interval / intervals);
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
    : stream_(stream), stepEnd_(std::ssize(stream.events)), older_(stream.blocks.size(), false) {
    const auto& stages = stream.stages;
    const auto step = std::find_if(stages.begin(), stages.end(), [&](const auto& stage) {
        return stream.names[static_cast<std::size_t>(stage.name)] == runPhaseName(RunPhase::Step);
    });
    if (step == stages.end())
        return;
    stepBegin_ = step->event;
    if (std::next(step) != stages.end())
        stepEnd_ = std::next(step)->event;
}

void StepTimeline::add(const ReplayState& state) {
    if (state.event >= stepEnd_) // the trainer is destroyed
        return;
    if (state.event == stepBegin_) { // all earlier events belong to the setup or to a previous step
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

/// Repeats of a passage go back to earlier events and marks.
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

std::map<std::size_t, StepTimeline::Lifetime> StepTimeline::liveBlocks(std::int64_t event) const {
    const std::int64_t stepEnd = std::ssize(entries_);
    std::map<std::size_t, Lifetime> live;
    for (std::size_t block = 0; block < older_.size(); ++block) {
        if (older_[block])
            live[block] = {0, stepEnd};
    }
    for (std::int64_t i = 0; i <= event; ++i) {
        const std::int32_t entry = entries_[static_cast<std::size_t>(i)];
        if (entry >= 0)
            live[blockOf(entry)] = {i, stepEnd};
        else
            live.erase(blockOf(entry));
    }
    for (std::int64_t i = event + 1; i < stepEnd; ++i) {
        const std::int32_t entry = entries_[static_cast<std::size_t>(i)];
        const auto block = live.find(blockOf(entry));
        if (entry < 0 && block != live.end() && block->second.end == stepEnd)
            block->second.end = i;
    }
    return live;
}

std::vector<LargeTensor> StepTimeline::largest(std::int64_t peak) const {
    std::map<std::tuple<std::string, std::string, MemoryPart, std::int64_t>, LargeTensor> groups;
    for (const auto& [number, lifetime] : liveBlocks(peak)) {
        const AllocationStream::Block& block = stream_.blocks[number];
        const std::string owner = ownerText(stream_, block);
        const std::string shape = shapeText(stream_, block);
        LargeTensor& group =
            groups
                .try_emplace({owner, shape, block.part, block.bytes}, LargeTensor{.module = owner,
                                                                                  .shape = shape,
                                                                                  .part = block.part,
                                                                                  .count = 0,
                                                                                  .begin = lifetime.begin,
                                                                                  .end = lifetime.end})
                .first->second;
        group.bytes += block.bytes;
        ++group.count;
        group.begin = std::min(group.begin, lifetime.begin);
        group.end = std::max(group.end, lifetime.end);
    }
    std::vector<LargeTensor> list;
    list.reserve(groups.size());
    for (auto& [key, group] : groups)
        list.push_back(std::move(group));
    std::stable_sort(list.begin(), list.end(),
                     [](const LargeTensor& a, const LargeTensor& b) { return a.bytes > b.bytes; });
    list.resize(std::min(list.size(), maxTensors));
    return list;
}

} // namespace headroom
