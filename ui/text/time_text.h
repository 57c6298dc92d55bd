// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <QString>

#include <optional>

/// Display text of forecast times.
namespace headroom::ui {

/// "14 to 25 min".
QString timeText(const TimeRange& time);

/// "about 14 to 25 min an epoch"; "time unknown" without a time.
QString epochText(const std::optional<TimeRange>& epoch);

/// "about 14 to 25 min an epoch, not measured".
QString epochText(const std::optional<StepTime>& time);

/// "fits, about 14 to 25 min an epoch"; without the time if it does not fit.
QString verdictText(Verdict verdict, const std::optional<TimeRange>& epoch);

/// "Step 5.1 to 17 s, update 31 to 101 s, epoch 8.5 to 28 h, run 35 to 117 d: from the card's published
/// figures, not measured". Without a time, what to do.
QString stepTimesText(const std::optional<StepTime>& time);

} // namespace headroom::ui
