// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <memory>

namespace headroom::ui {

/// What the timeline shows.
enum class TimelineView {
    Step,    ///< one training step, by allocation event
    Run,     ///< the phases of the run, all equally wide
    Program, ///< another program, by allocation event
};

/// The forecast with the timeline of the run in place of that of a step, and without tensors. Null if it has
/// none yet.
std::shared_ptr<const Forecast> runView(const std::shared_ptr<const Forecast>& forecast);

/// Bytes allocated at the peak of the timeline.
std::int64_t timelinePeak(const Forecast& forecast);

} // namespace headroom::ui
