// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/interop/conversion.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace headroom {
namespace {

constexpr std::array<std::pair<KeyOutcome, const char*>, 4> groups = {{
    {KeyOutcome::NoCounterpart, "No counterpart in Headroom"},
    {KeyOutcome::Near, "Taken over with differences"},
    {KeyOutcome::Exact, "Taken over"},
    {KeyOutcome::NoEffect, "No effect"},
}};

std::string source(const Conversion& conversion) {
    return fmt::format("{} of a {}",
                       conversion.format == ForeignFormat::Msst ? "an MSST configuration"
                                                                : "the authors' configuration",
                       conversion.model);
}

std::string line(const ConvertedKey& key) {
    std::string text = key.line > 0 ? fmt::format("  line {}: {} {}", key.line, key.key, key.value)
                                    : fmt::format("  not given: {}", key.key);
    if (!key.options.empty())
        text += " -> " + key.options;
    if (!key.remark.empty())
        text += fmt::format(" ({})", key.remark);
    return text + "\n";
}

} // namespace

int Conversion::count(KeyOutcome outcome) const {
    return static_cast<int>(std::ranges::count(keys, outcome, &ConvertedKey::outcome));
}

std::string conversionReport(const Conversion& conversion, const std::string& name) {
    std::string text = fmt::format("{} is {}.\n", name, source(conversion));
    for (const auto& [outcome, title] : groups) {
        if (conversion.count(outcome) == 0)
            continue;
        text += fmt::format("{} ({}):\n", title, conversion.count(outcome));
        for (const ConvertedKey& key : conversion.keys) {
            if (key.outcome == outcome)
                text += line(key);
        }
    }
    return text;
}

std::string conversionNotice(const Conversion& conversion, const std::string& name) {
    constexpr std::size_t mostNamed = 5;
    std::string text = fmt::format("{} is {}: {} keys taken over", name, source(conversion),
                                   conversion.count(KeyOutcome::Exact) + conversion.count(KeyOutcome::Near));
    if (const auto near = conversion.count(KeyOutcome::Near); near > 0)
        text += fmt::format(", {} of them with differences", near);
    std::size_t named = 0;
    for (const ConvertedKey& key : conversion.keys) {
        if (key.outcome != KeyOutcome::NoCounterpart)
            continue;
        if (named < mostNamed)
            text += fmt::format("{}{} {}", named == 0 ? "; no counterpart: " : ", ", key.key, key.value);
        ++named;
    }
    if (named > mostNamed)
        text += fmt::format(" and {} more", named - mostNamed);
    return text + ".";
}

} // namespace headroom
