// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"
#include "ui/widgets/table_data.h"

#include <QString>

/// A forecast's timeline as text, for screen readers and CSV files.
namespace headroom::ui {

/// "1,200 of 124,146 allocation events; every peak is kept."; empty if the timeline is complete.
QString thinningText(const Forecast& forecast);

/// One row per point: event, phase, module, reserved bytes, number of free blocks, bytes of the largest of
/// them, and the bytes of each part.
TableData timelineTable(const Forecast& forecast);

/// The same for runView(): the first column is a place.
TableData runTable(const Forecast& forecast);

/// Describes the run at a place of runView(): "First step, forward: 2.10 GiB allocated, 3.02 GiB reserved
/// (…)"
QString runPlaceText(const Forecast& forecast, std::int64_t place);

/// Describes the step at an event: "backward of loss, event 4,062 of 8,642: …".
QString placeText(const Forecast& forecast, std::int64_t event);

/// Describes a recording at an event: "Event 4,062 of 8,642: 2.10 GiB allocated, 3.02 GiB reserved".
QString recordingPlaceText(const Forecast& recording, std::int64_t event);

/// Describes what the allocator holds without need after an event, and how fragmented it is: "0.3 GiB cached
/// but unused; free blocks: 12, the largest 0.1 GiB". Empty if it holds nothing so.
QString fragmentationText(const Forecast& forecast, std::int64_t event);

} // namespace headroom::ui
