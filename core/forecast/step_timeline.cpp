// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/step_timeline.h"

#include "core/forecast/thinned_timeline.h"
#include "core/values/run_phase.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <utility>

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

/// The names of a module path and an operator.
std::vector<std::string> ownerPath(const std::string& module, const std::string& operation) {
    std::vector<std::string> path;
    for (std::size_t begin = 0; begin < module.size();) {
        const std::size_t end = std::min(module.find('.', begin), module.size());
        path.push_back(module.substr(begin, end - begin));
        begin = end + 1;
    }
    path.push_back(operation);
    return path;
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
    if (state.event >= stepEnd_) // the training state is destroyed
        return;
    if (state.event == stepBegin_) { // all earlier events belong to the setup or to a previous step
        for (const std::int32_t entry : entries_)
            older_[blockOf(entry)] = entry >= 0;
        entries_.clear();
        if (begun_ && first_.points.empty())
            first_ = std::move(step_);
        begun_ = true;
        step_ = {};
        mark_ = 0;
    }
    step_.points.push_back({.event = static_cast<std::int64_t>(step_.points.size()),
                            .parts = state.parts,
                            .reserved = state.reserved,
                            .free = state.free});
    entries_.push_back(stream_.events[static_cast<std::size_t>(state.event)]);
    addSpan(state.event);
}

/// Repeats of a passage go back to earlier events and marks.
void StepTimeline::addSpan(std::int64_t event) {
    std::vector<TimelineSpan>& spans = step_.spans;
    const auto& marks = stream_.marks;
    const std::size_t before = mark_;
    while (mark_ > 0 && marks[mark_ - 1].event > event)
        --mark_;
    while (mark_ < marks.size() && marks[mark_].event <= event)
        ++mark_;
    if (mark_ == 0)
        return;
    const auto end = static_cast<std::int64_t>(step_.points.size());
    if (mark_ == before && !spans.empty()) {
        spans.back().end = end;
        return;
    }
    const std::string& phase = stream_.names[static_cast<std::size_t>(marks[mark_ - 1].phase)];
    const std::string& module = stream_.names[static_cast<std::size_t>(marks[mark_ - 1].module)];
    if (!spans.empty() && spans.back().phase == phase && spans.back().module == module)
        spans.back().end = end;
    else
        spans.push_back({phase, module, end - 1, end});
}

void StepTimeline::finish(Forecast& forecast) const {
    const auto highest = std::max_element(
        step_.points.begin(), step_.points.end(),
        [](const TimelinePoint& a, const TimelinePoint& b) { return a.allocated() < b.allocated(); });
    if (highest == step_.points.end())
        return;
    forecast.events = static_cast<std::int64_t>(step_.points.size());
    forecast.peakEvent = highest->event;
    forecast.timeline = thinned(step_.points, maxPoints);
    forecast.spans = step_.spans;
    const std::vector<Lifetime> all = lifetimes();
    forecast.largest = largest(all, highest->event);
    forecast.tensors = tensors(all);
}

std::pair<StepTimeline::Step, StepTimeline::Step> StepTimeline::takeFirstAndLast() {
    if (first_.points.empty())
        first_ = step_;
    return {std::move(first_), std::move(step_)};
}

std::vector<StepTimeline::Lifetime> StepTimeline::lifetimes() const {
    constexpr std::int64_t dead = -1;
    std::vector<std::int64_t> begins(older_.size(), dead);
    for (std::size_t block = 0; block < older_.size(); ++block) {
        if (older_[block])
            begins[block] = 0;
    }
    std::vector<Lifetime> lifetimes;
    const std::int64_t stepEnd = std::ssize(entries_);
    for (std::int64_t i = 0; i < stepEnd; ++i) {
        const std::int32_t entry = entries_[static_cast<std::size_t>(i)];
        std::int64_t& begin = begins[blockOf(entry)];
        if (entry < 0)
            lifetimes.push_back({blockOf(entry), begin, i});
        begin = entry < 0 ? dead : i;
    }
    for (std::size_t block = 0; block < begins.size(); ++block) {
        if (begins[block] != dead)
            lifetimes.push_back({block, begins[block], stepEnd});
    }
    return lifetimes;
}

std::vector<LargeTensor> StepTimeline::largest(const std::vector<Lifetime>& lifetimes,
                                               std::int64_t peak) const {
    // Group by numbers, and make texts for the groups only.
    using Key = std::tuple<std::int32_t, std::int32_t, MemoryPart, std::int64_t, std::array<std::int64_t, 8>,
                           std::size_t, const char*>;
    std::map<Key, LargeTensor> groups;
    for (const Lifetime& lifetime : lifetimes) {
        if (lifetime.begin > peak || lifetime.end <= peak)
            continue;
        const AllocationStream::Block& block = stream_.blocks[lifetime.block];
        const AllocationStream::Shape shape = block.shape < 0
                                                  ? AllocationStream::Shape{}
                                                  : stream_.shapes[static_cast<std::size_t>(block.shape)];
        const auto [entry, isNew] =
            groups.try_emplace({block.module, block.operation, block.part, block.bytes, shape.sizes,
                                shape.dimensions, shape.type});
        LargeTensor& group = entry->second;
        if (isNew)
            group = {.module = ownerText(stream_, block),
                     .shape = shapeText(stream_, block),
                     .part = block.part,
                     .count = 0,
                     .begin = lifetime.begin,
                     .end = lifetime.end};
        group.bytes += block.bytes;
        ++group.count;
        group.begin = std::min(group.begin, lifetime.begin);
        group.end = std::max(group.end, lifetime.end);
    }
    std::vector<LargeTensor> list;
    list.reserve(groups.size());
    for (auto& [key, group] : groups)
        list.push_back(std::move(group));
    std::sort(list.begin(), list.end(), [](const LargeTensor& a, const LargeTensor& b) {
        return std::tie(b.bytes, a.module, a.shape, a.part, b.count) <
               std::tie(a.bytes, b.module, b.shape, b.part, a.count);
    });
    list.resize(std::min(list.size(), maxTensors));
    return list;
}

StepTensors StepTimeline::tensors(const std::vector<Lifetime>& lifetimes) const {
    StepTensors tensors;
    std::map<std::pair<std::int32_t, std::int32_t>, std::int32_t> owners;
    for (const Lifetime& lifetime : lifetimes) {
        const AllocationStream::Block& block = stream_.blocks[lifetime.block];
        const auto [owner, isNew] = owners.try_emplace({block.module, block.operation},
                                                       static_cast<std::int32_t>(tensors.owners.size()));
        if (isNew)
            tensors.owners.push_back(ownerPath(stream_.names[static_cast<std::size_t>(block.module)],
                                               stream_.names[static_cast<std::size_t>(block.operation)]));
        tensors.lives.push_back({owner->second, block.part, block.bytes, lifetime.begin, lifetime.end});
    }
    return tensors;
}

} // namespace headroom
