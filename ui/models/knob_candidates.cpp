#include "ui/models/knob_candidates.h"

#include "ui/models/config_model.h"
#include "ui/models/knob_override.h"
#include "ui/models/knob_stops.h"

#include <cmath>

namespace headroom::ui {

namespace {

/// The largest value that says more than those below it.
double mostOf(const RunConfig& config, const Knob& knob) {
    return knob.key == "model.recompute_layers" ? config.model.numLayers : knob.max;
}

} // namespace

std::vector<double> currentStops(const ConfigModel& model, const Knob& knob) {
    if (const auto held = model.heldValues(knob); !held.empty())
        return {held.begin(), held.end()};
    std::vector<double> stops = knobStops(knob);
    std::erase_if(stops, [most = mostOf(model.config(), knob)](double stop) { return stop > most; });
    return stops;
}

std::vector<KnobValue> knobCandidates(const ConfigModel& model, const Knob& knob) {
    if (overrideOf(model.config(), knob))
        return {};
    if (knob.type == KnobType::Boolean)
        return {false, true};
    if (knob.type == KnobType::Choice)
        return {knob.choices.begin(), knob.choices.end()};
    std::vector<KnobValue> values;
    for (const double stop : currentStops(model, knob)) {
        if (knob.type == KnobType::Integer)
            values.emplace_back(static_cast<std::int64_t>(std::llround(stop)));
        else
            values.emplace_back(stop);
    }
    return values;
}

} // namespace headroom::ui
