// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/option_candidates.h"

#include "core/view/option_stops.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/option_override.h"

#include <cmath>

namespace headroom::ui {

namespace {

/// The largest value that differs in effect from smaller ones.
double largestUsefulValue(const RunConfig& config, const Option& option) {
    const bool countsLayers = option.key == "model.recompute_layers" || option.key == "model.kept_layers";
    return countsLayers ? config.model.numLayers : option.max;
}

} // namespace

std::vector<double> currentStops(const ConfigModel& model, const Option& option) {
    if (const auto locked = model.lockedValues(option); !locked.empty())
        return {locked.begin(), locked.end()};
    std::vector<double> stops = optionStops(option);
    const double max = largestUsefulValue(model.config(), option);
    std::erase_if(stops, [max](double stop) { return stop > max; });
    return stops;
}

std::vector<OptionValue> optionCandidates(const ConfigModel& model, const Option& option) {
    if (overrideOf(model.config(), option))
        return {};
    if (option.type == OptionType::Boolean)
        return {false, true};
    if (option.type == OptionType::Choice)
        return {option.choices.begin(), option.choices.end()};
    std::vector<OptionValue> values;
    for (const double stop : currentStops(model, option)) {
        if (option.type == OptionType::Integer)
            values.emplace_back(static_cast<std::int64_t>(std::llround(stop)));
        else
            values.emplace_back(stop);
    }
    return values;
}

} // namespace headroom::ui
