#include "ui/configuration/option_candidates.h"

#include "core/view/option_stops.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/option_override.h"

#include <cmath>

namespace headroom::ui {

namespace {

/// The largest value that says more than those below it.
double mostOf(const RunConfig& config, const Option& option) {
    return option.key == "model.recompute_layers" ? config.model.numLayers : option.max;
}

} // namespace

std::vector<double> currentStops(const ConfigModel& model, const Option& option) {
    if (const auto held = model.heldValues(option); !held.empty())
        return {held.begin(), held.end()};
    std::vector<double> stops = optionStops(option);
    std::erase_if(stops, [most = mostOf(model.config(), option)](double stop) { return stop > most; });
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
