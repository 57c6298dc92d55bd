// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/option.h"

#include <QString>

#include <vector>

namespace headroom::ui {

/// A group of the configuration panel. Every option of the table is in exactly one group.
struct OptionGroup {
    QString title;
    std::vector<const Option*> main; ///< always shown
    std::vector<const Option*> more; ///< shown on demand or when found by a search
};

/// All groups, with translated titles. An option without an assigned group is placed by its section and by
/// what it affects.
std::vector<OptionGroup> optionGroups();

} // namespace headroom::ui
