// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_difference.h"

#include "core/config/option_table.h"
#include "core/config/option_value.h"

namespace headroom {

std::vector<OptionDifference> differences(const RunConfig& before, const RunConfig& after) {
    std::vector<OptionDifference> found;
    for (const Option& option : optionTable()) {
        if (!option.appliesTo(before.model.kind) && !option.appliesTo(after.model.kind))
            continue;
        const OptionValue a = option.get(before);
        const OptionValue b = option.get(after);
        if (a != b)
            found.push_back({&option, formatOptionValue(a), formatOptionValue(b)});
    }
    return found;
}

} // namespace headroom
