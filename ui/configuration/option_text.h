// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/option.h"

#include <QString>

/// Titles, units and descriptions of options, translated.
namespace headroom::ui {

/// "Batch size"; for an option without an assigned title, derived from its key.
QString optionTitle(const Option& option);

/// "channels", "s"; empty for a plain number.
QString optionUnit(const Option& option);

/// Description, what the option affects, when a change takes effect, allowed range, value in the guide, key.
QString optionToolTip(const Option& option);

/// Display text of a value: "5", "3e-4", "on".
QString optionValueText(const OptionValue& value);

} // namespace headroom::ui
