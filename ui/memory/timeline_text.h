// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <QString>

/// Text for phases of a run, and for phases and modules of a step.
namespace headroom::ui {

/// The span that contains an allocation event; null if none does.
const TimelineSpan* spanAt(const Forecast& forecast, std::int64_t event);

/// "Forward", "Backward", "Update"; of the run: "First step", "Validation".
QString phaseTitle(const std::string& phase);
/// A short title: "L3", "Mask", "Loss".
QString moduleTitle(const std::string& module);
/// "backward of mask_estimator"; of the run: "First step, forward"
QString spanText(const TimelineSpan& span);
/// The reserved memory of each phase of the run: "Reserved: start 0.3 GiB, step 5.1 GiB, …"
QString phasesText(const Forecast& forecast);

} // namespace headroom::ui
