// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/option.h"

#include <vector>

namespace headroom::ui {

class ConfigModel;

/// The slider stops of a numeric option in the current configuration, rising: the useful ones of
/// optionStops(), or the divisors of a locked effective batch.
std::vector<double> currentStops(const ConfigModel& model, const Option& option);

/// The values that the editor of an option offers, in its order: stops of a slider, choices, off and on.
/// Empty for text and lists, and for overridden options.
std::vector<OptionValue> optionCandidates(const ConfigModel& model, const Option& option);

} // namespace headroom::ui
