#pragma once

#include "core/values/forecast.h"
#include "ui/widgets/text_table.h"

#include <QString>

/// A forecast's timeline as text: for readers of screens and of files.
namespace headroom::ui {

/// "1,200 of 124,146 allocation events; every peak is kept."; empty where the timeline has all of them.
QString thinningText(const Forecast& forecast);

/// One row for each point: event, phase, module, reserved bytes and the bytes of each part.
TextTable timelineTable(const Forecast& forecast);

/// What the step is doing at an event, and what it holds then: "backward of loss, event 4,062 of 8,642: …".
QString placeText(const Forecast& forecast, std::int64_t event);

} // namespace headroom::ui
