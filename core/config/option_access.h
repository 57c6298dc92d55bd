// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/option.h"

#include <type_traits>

namespace headroom {

/// Converts a field of RunConfig to an OptionValue and back.
template <typename Field>
struct OptionAccess {
    static OptionValue toValue(const Field& field) { return field; }
    static Field toField(const OptionValue& value) { return std::get<Field>(value); }
};

template <>
struct OptionAccess<int> {
    static OptionValue toValue(int field) { return static_cast<std::int64_t>(field); }
    static int toField(const OptionValue& value) { return static_cast<int>(std::get<std::int64_t>(value)); }
};

template <>
struct OptionAccess<ValidationSplit> {
    static OptionValue toValue(const ValidationSplit& field) {
        return std::visit([](const auto& split) -> OptionValue { return split; }, field);
    }
    static ValidationSplit toField(const OptionValue& value) {
        if (const auto* text = std::get_if<std::string>(&value))
            return *text;
        if (const auto* share = std::get_if<double>(&value))
            return *share;
        return std::get<std::vector<std::string>>(value);
    }
};

template <typename Field>
constexpr OptionType optionTypeOf() {
    if constexpr (std::is_same_v<Field, bool>)
        return OptionType::Boolean;
    else if constexpr (std::is_integral_v<Field>)
        return OptionType::Integer;
    else if constexpr (std::is_floating_point_v<Field>)
        return OptionType::Real;
    else if constexpr (std::is_same_v<Field, std::vector<int>>)
        return OptionType::IntegerList;
    else if constexpr (std::is_same_v<Field, std::vector<std::string>>)
        return OptionType::TextList;
    else if constexpr (std::is_same_v<Field, ValidationSplit>)
        return OptionType::Validation;
    else
        return OptionType::Text;
}

/// Binds an option to its field. An enum becomes a choice; `choices` names its values in declaration order.
template <typename Section, typename Field>
Option bindOption(Option option, Section RunConfig::*section, Field Section::*field) {
    if constexpr (std::is_enum_v<Field>) {
        option.type = OptionType::Choice;
        option.get = [section, field, choices = option.choices](const RunConfig& config) -> OptionValue {
            return choices.at(static_cast<std::size_t>(config.*section.*field));
        };
        option.set = [section, field, choices = option.choices](RunConfig& config, const OptionValue& value) {
            std::size_t index = 0;
            while (choices.at(index) != std::get<std::string>(value))
                ++index;
            config.*section.*field = static_cast<Field>(index);
        };
    } else {
        option.type = optionTypeOf<Field>();
        option.get = [section, field](const RunConfig& config) {
            return OptionAccess<Field>::toValue(config.*section.*field);
        };
        option.set = [section, field](RunConfig& config, const OptionValue& value) {
            config.*section.*field = OptionAccess<Field>::toField(value);
        };
    }
    return option;
}

} // namespace headroom
