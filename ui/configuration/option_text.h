#pragma once

#include "core/config/option.h"

#include <QString>

/// What a knob is called and explained by, in the language of the window.
namespace headroom::ui {

/// "Batch size"; a knob without a title of its own is named after its key.
QString optionTitle(const Option& option);

/// "channels", "s"; empty for a plain number.
QString optionUnit(const Option& option);

/// What it does, what it affects, what is allowed, and when a change takes effect.
QString optionToolTip(const Option& option);

/// A value for people: "5", "3e-4", "on".
QString optionValueText(const OptionValue& value);

} // namespace headroom::ui
