// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"
#include "core/values/step_profile.h"

#include <QString>

#include <cstdint>
#include <string>
#include <vector>

/// Sections and phases of a step's timeline, and the alignment of other timelines with it.
namespace headroom::ui {

/// A section of the step: forward and backward pass of a micro-batch; the last one includes the update.
struct StepSection {
    QString title;
    std::int64_t begin = 0; ///< event of the forecast's timeline, half open
    std::int64_t end = 0;
};

/// A range of one phase. A step of two micro-batches has two ranges of "forward".
struct StepPhase {
    std::string phase;
    std::int64_t begin = 0; ///< event of the forecast's timeline, half open
    std::int64_t end = 0;
};
std::vector<StepPhase> phasesOf(const Forecast& forecast);
/// Those that are in view from event `lower` to event `upper`.
std::vector<StepPhase> phasesInView(const Forecast& forecast, double lower, double upper);

/// The whole step, then its micro-batches if there are several. Empty without a timeline.
std::vector<StepSection> sectionsOf(const Forecast& forecast);

/// Positions of profiled points on the forecast's timeline, as fractional events. Aligned by phase if both
/// have the same sequence of phases, otherwise over the whole step.
std::vector<double> positionsOn(const Forecast& forecast, const StepProfile& profile);
/// The same for the timeline of another configuration.
std::vector<double> positionsOn(const Forecast& forecast, const Forecast& other);

} // namespace headroom::ui
