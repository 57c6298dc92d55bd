// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/step_sections.h"

#include <QCoreApplication>

#include <algorithm>
#include <string>

namespace headroom::ui {
namespace {

std::vector<ProfilePhase> beginsOf(const Forecast& forecast) {
    std::vector<ProfilePhase> begins;
    for (const StepPhase& phase : phasesOf(forecast))
        begins.push_back({phase.phase, phase.begin});
    return begins;
}

QString title(const char* text) {
    return QCoreApplication::translate("StepSection", text);
}

} // namespace

std::vector<StepPhase> phasesInView(const Forecast& forecast, double lower, double upper) {
    std::vector<StepPhase> phases = phasesOf(forecast);
    std::erase_if(phases, [&](const StepPhase& phase) {
        return static_cast<double>(phase.end) <= lower || static_cast<double>(phase.begin) >= upper;
    });
    return phases;
}

std::vector<StepPhase> phasesOf(const Forecast& forecast) {
    std::vector<StepPhase> phases;
    for (const TimelineSpan& span : forecast.spans) {
        if (phases.empty() || phases.back().phase != span.phase)
            phases.push_back({span.phase, span.begin, span.end});
        phases.back().end = span.end;
    }
    return phases;
}

std::vector<StepSection> sectionsOf(const Forecast& forecast) {
    if (forecast.events == 0)
        return {};
    std::vector<StepSection> sections = {
        {title(QT_TRANSLATE_NOOP("StepSection", "Whole step")), 0, forecast.events}};
    std::vector<std::int64_t> begins;
    for (const StepPhase& phase : phasesOf(forecast)) {
        if (phase.phase == "forward")
            begins.push_back(phase.begin);
    }
    if (begins.size() < 2)
        return sections;
    begins.push_back(forecast.events);
    for (std::size_t i = 0; i + 1 < begins.size(); ++i) {
        const bool last = i + 2 == begins.size();
        const char* text = i == 0 ? QT_TRANSLATE_NOOP("StepSection", "First micro-batch")
                           : last ? QT_TRANSLATE_NOOP("StepSection", "Last micro-batch, with optimizer")
                                  : QT_TRANSLATE_NOOP("StepSection", "Micro-batches between");
        sections.push_back({title(text), begins[i], begins[i + 1]});
    }
    return sections;
}

std::vector<double> positionsOn(const Forecast& forecast, const StepProfile& profile) {
    std::vector<ProfilePhase> from = profile.phases;
    std::vector<ProfilePhase> to = beginsOf(forecast);
    if (!std::ranges::equal(from, to, {}, &ProfilePhase::phase, &ProfilePhase::phase))
        from = to = {};
    from.insert(from.begin(), {std::string(), 0});
    to.insert(to.begin(), {std::string(), 0});
    from.push_back({std::string(), profile.events});
    to.push_back({std::string(), forecast.events});

    std::vector<double> positions;
    std::size_t phase = 0;
    for (const ProfilePoint& point : profile.points) {
        while (phase + 2 < from.size() && point.event >= from[phase + 1].begin)
            ++phase;
        const auto begin = static_cast<double>(to[phase].begin);
        const auto length = static_cast<double>(to[phase + 1].begin) - begin;
        const auto profileLength = static_cast<double>(from[phase + 1].begin - from[phase].begin);
        const auto offset = static_cast<double>(point.event - from[phase].begin);
        positions.push_back(profileLength > 0 ? begin + length * std::min(1.0, offset / profileLength)
                                              : begin);
    }
    return positions;
}

std::vector<double> positionsOn(const Forecast& forecast, const Forecast& other) {
    StepProfile step;
    step.events = other.events;
    step.phases = beginsOf(other);
    for (const TimelinePoint& point : other.timeline)
        step.points.push_back({point.event, 0, 0});
    return positionsOn(forecast, step);
}

} // namespace headroom::ui
