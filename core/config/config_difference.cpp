#include "core/config/config_difference.h"

#include "core/config/knob_table.h"
#include "core/config/knob_value.h"

namespace headroom {

std::vector<KnobDifference> differences(const RunConfig& before, const RunConfig& after) {
    std::vector<KnobDifference> found;
    for (const Knob& knob : knobTable()) {
        const KnobValue a = knob.get(before);
        const KnobValue b = knob.get(after);
        if (a != b)
            found.push_back({&knob, formatKnobValue(a), formatKnobValue(b)});
    }
    return found;
}

} // namespace headroom
