// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/real_range.h"

#include "core/config/scalar_text.h"

#include <fmt/format.h>

#include <string>

namespace headroom::app {

CLI::Validator realRange(double min, double max) {
    return {[min, max](const std::string& text) {
                const auto value = parseReal(text);
                return value && *value >= min && *value <= max
                           ? std::string()
                           : fmt::format("{} is not a number from {} to {}", text, min, max);
            },
            fmt::format("{} to {}", min, max)};
}

} // namespace headroom::app
