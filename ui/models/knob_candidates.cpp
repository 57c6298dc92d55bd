#include "ui/models/knob_candidates.h"

#include "ui/models/config_model.h"
#include "ui/models/knob_stops.h"

#include <cmath>

namespace headroom::ui {

std::vector<KnobValue> knobCandidates(const ConfigModel& model, const Knob& knob) {
    if (knob.type == KnobType::Boolean)
        return {false, true};
    if (knob.type == KnobType::Choice)
        return {knob.choices.begin(), knob.choices.end()};
    std::vector<KnobValue> values;
    const auto held = model.heldValues(knob);
    for (const int value : held)
        values.emplace_back(static_cast<std::int64_t>(value));
    if (!held.empty())
        return values;
    for (const double stop : knobStops(knob)) {
        if (knob.type == KnobType::Integer)
            values.emplace_back(static_cast<std::int64_t>(std::llround(stop)));
        else
            values.emplace_back(stop);
    }
    return values;
}

} // namespace headroom::ui
