#pragma once

#include "core/config/knob.h"

#include <QString>

#include <optional>

namespace headroom::ui {

/// The value that a knob has whatever it is set to, as another knob decides.
struct KnobOverride {
    KnobValue value;
    QString by;     ///< in a word, behind the value: "from list"
    QString reason; ///< a sentence
};

/// Nothing where the knob decides for itself.
std::optional<KnobOverride> overrideOf(const RunConfig& config, const Knob& knob);

} // namespace headroom::ui
