// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <string>

namespace headroom {

/// The forecast as one line of JSON, without the newline. Memory is in bytes, times are in seconds, names are
/// in snake case, values that were not computed or are unknown are null.
std::string toJson(const Forecast& forecast, const Card& card);

/// The fits as one line of JSON, without the newline: a list of {changes, relative_step_time, forecast}.
std::string toJson(const std::vector<Fit>& fits, const Card& card);

} // namespace headroom
