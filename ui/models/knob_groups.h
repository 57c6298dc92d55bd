#pragma once

#include "core/config/knob.h"

#include <QString>

#include <vector>

namespace headroom::ui {

/// How the knobs are laid out in the settings: every knob of the table in exactly one group.
struct KnobGroup {
    QString title;
    std::vector<const Knob*> main; ///< always shown
    std::vector<const Knob*> more; ///< shown on demand, or when searched for
};

/// In the language of the window. A knob that is new in the table finds its group by what it affects.
std::vector<KnobGroup> knobGroups();

} // namespace headroom::ui
