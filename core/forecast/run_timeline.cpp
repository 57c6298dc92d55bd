// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/run_timeline.h"

#include "core/forecast/thinned_timeline.h"
#include "core/forecast/validation_recording.h"
#include "core/values/run_phase.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace headroom {
namespace {

constexpr std::int64_t phaseWidth = 200;

/// The first event of these stages or marks with a name; all events if none has it.
template <class List, class Name>
std::int64_t firstEvent(const AllocationStream& stream, const List& list, std::string_view name,
                        const Name& nameOf) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const auto& each) {
        return stream.names[static_cast<std::size_t>(nameOf(each))] == name;
    });
    return found == list.end() ? std::ssize(stream.events) : found->event;
}

std::int64_t stageBegin(const AllocationStream& stream, RunPhase phase) {
    return firstEvent(stream, stream.stages, runPhaseName(phase),
                      [](const auto& stage) { return stage.name; });
}

class PhasesInOrder {
public:
    /// @param parts of the phase, by event; empty: it has none
    void add(const char* phase, const std::vector<TimelinePoint>& points,
             const std::vector<TimelineSpan>& parts = {}) {
        const std::vector<TimelinePoint> kept = thinned(points, phaseWidth - 2);
        if (kept.empty())
            return;
        const auto place = [&](std::size_t index) {
            return run_.width + static_cast<std::int64_t>(index) * phaseWidth / std::ssize(kept);
        };
        if (parts.empty())
            run_.spans.push_back({phase, {}, run_.width, run_.width + phaseWidth});
        for (const TimelineSpan& part : parts) {
            const auto first = std::ranges::lower_bound(kept, part.begin, {}, &TimelinePoint::event);
            addPart(phase, part.phase, place(static_cast<std::size_t>(first - kept.begin())));
        }
        for (std::size_t i = 0; i < kept.size(); ++i) {
            run_.points.push_back(kept[i]);
            run_.points.back().event = place(i);
        }
        run_.width += phaseWidth;
    }

    RunTimeline take() {
        const auto highest = std::ranges::max_element(run_.points, {}, &TimelinePoint::allocated);
        if (highest != run_.points.end())
            run_.peak = highest->event;
        return std::move(run_);
    }

private:
    void addPart(const char* phase, const std::string& part, std::int64_t begin) {
        const std::int64_t end = run_.width + phaseWidth;
        if (!run_.spans.empty() && run_.spans.back().phase == phase) {
            if (run_.spans.back().module == part)
                return;
            run_.spans.back().end = begin;
        }
        run_.spans.push_back({phase, part, begin, end});
    }

    RunTimeline run_;
};

} // namespace

ValidationTimeline::ValidationTimeline(const AllocationStream& stream)
    : trialBegin_(
          firstEvent(stream, stream.marks, separationPhase, [](const auto& mark) { return mark.phase; })),
      validationBegin_(stageBegin(stream, RunPhase::Validation)),
      checkpointBegin_(stageBegin(stream, RunPhase::Checkpoint)) {}

void ValidationTimeline::add(const ReplayState& state) {
    std::vector<TimelinePoint>& phase = state.event < trialBegin_        ? start_
                                        : state.event < validationBegin_ ? trial_
                                        : state.event < checkpointBegin_ ? validation_
                                                                         : checkpoint_;
    TimelinePoint point{
        .event = std::ssize(phase), .parts = state.parts, .reserved = state.reserved, .free = state.free};
    if (&phase == &checkpoint_) {
        // Its first event already frees the model at the end of the recording.
        if (!checkpoint_.empty() || validation_.empty())
            return;
        point.parts = validation_.back().parts;
    }
    phase.push_back(point);
}

RunTimeline runTimeline(const ValidationTimeline& validation, const StepTimeline::Step& first,
                        const StepTimeline::Step& next) {
    PhasesInOrder phases;
    phases.add("start", validation.start());
    phases.add("trial", validation.trial());
    phases.add("first_step", first.points, first.spans);
    phases.add("next_step", next.points, next.spans);
    phases.add("validation", validation.validation());
    phases.add("checkpoint", validation.checkpoint());
    phases.add("step_after", first.points, first.spans);
    return phases.take();
}

} // namespace headroom
