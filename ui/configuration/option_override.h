// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/option.h"

#include <QString>

#include <optional>

namespace headroom::ui {

/// The effective value of an option that another option determines.
struct OptionOverride {
    OptionValue value;
    QString label;  ///< shown after the value: "from list"
    QString reason; ///< a sentence
};

/// Nothing if no other option determines the value.
std::optional<OptionOverride> overrideOf(const RunConfig& config, const Option& option);

} // namespace headroom::ui
