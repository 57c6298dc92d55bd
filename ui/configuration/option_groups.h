#pragma once

#include "core/config/option.h"

#include <QString>

#include <vector>

namespace headroom::ui {

/// How the knobs are laid out in the settings: every knob of the table in exactly one group.
struct OptionGroup {
    QString title;
    std::vector<const Option*> main; ///< always shown
    std::vector<const Option*> more; ///< shown on demand, or when searched for
};

/// In the language of the window. A knob that is new in the table finds its group by what it affects.
std::vector<OptionGroup> optionGroups();

} // namespace headroom::ui
