#pragma once

#include "core/config/knob.h"

#include <QString>

/// What a knob is called and explained by, in the language of the window.
namespace headroom::ui {

/// "Batch size"; a knob without a title of its own is named after its key.
QString knobTitle(const Knob& knob);

/// "channels", "s"; empty for a plain number.
QString knobUnit(const Knob& knob);

/// What it does, what it affects, what is allowed, and when a change takes effect.
QString knobToolTip(const Knob& knob);

/// A value for people: "5", "3e-4", "on".
QString knobValueText(const KnobValue& value);

} // namespace headroom::ui
