#pragma once

#include "core/config/option.h"

#include <QString>

#include <optional>

namespace headroom::ui {

/// The value that a knob has whatever it is set to, as another knob decides.
struct OptionOverride {
    OptionValue value;
    QString by;     ///< in a word, behind the value: "from list"
    QString reason; ///< a sentence
};

/// Nothing where the knob decides for itself.
std::optional<OptionOverride> overrideOf(const RunConfig& config, const Option& option);

} // namespace headroom::ui
