#pragma once

#include "core/values/forecast.h"

#include <QString>

/// Places in the timeline of a step, in words.
namespace headroom::ui {

/// The span that an allocation event belongs to; null where it is in none.
const TimelineSpan* spanAt(const Forecast& forecast, std::int64_t event);

/// "Forward", "Backward", "Update".
QString phaseTitle(const std::string& phase);
/// Short: "L3", "Mask", "Loss".
QString moduleTitle(const std::string& module);
/// "backward of mask_estimator"
QString spanText(const TimelineSpan& span);

} // namespace headroom::ui
