#pragma once

#include "core/config/knob.h"

#include <type_traits>

namespace headroom {

/// How a field of RunConfig becomes a KnobValue, and back.
template <typename Field>
struct KnobAccess {
    static KnobValue toValue(const Field& field) { return field; }
    static Field toField(const KnobValue& value) { return std::get<Field>(value); }
};

template <>
struct KnobAccess<int> {
    static KnobValue toValue(int field) { return static_cast<std::int64_t>(field); }
    static int toField(const KnobValue& value) { return static_cast<int>(std::get<std::int64_t>(value)); }
};

template <>
struct KnobAccess<ValidationSplit> {
    static KnobValue toValue(const ValidationSplit& field) {
        return std::visit([](const auto& split) -> KnobValue { return split; }, field);
    }
    static ValidationSplit toField(const KnobValue& value) {
        if (const auto* text = std::get_if<std::string>(&value))
            return *text;
        if (const auto* share = std::get_if<double>(&value))
            return *share;
        return std::get<std::vector<std::string>>(value);
    }
};

template <typename Field>
constexpr KnobType knobTypeOf() {
    if constexpr (std::is_same_v<Field, bool>)
        return KnobType::Boolean;
    else if constexpr (std::is_integral_v<Field>)
        return KnobType::Integer;
    else if constexpr (std::is_floating_point_v<Field>)
        return KnobType::Real;
    else if constexpr (std::is_same_v<Field, std::vector<int>>)
        return KnobType::IntegerList;
    else if constexpr (std::is_same_v<Field, std::vector<std::string>>)
        return KnobType::TextList;
    else if constexpr (std::is_same_v<Field, ValidationSplit>)
        return KnobType::Validation;
    else
        return KnobType::Text;
}

/// Ties a knob to its field; an enum becomes a choice, its values named in the order of their declaration.
template <typename Section, typename Field>
Knob bindKnob(Knob knob, Section RunConfig::*section, Field Section::*field) {
    if constexpr (std::is_enum_v<Field>) {
        knob.type = KnobType::Choice;
        knob.get = [section, field, choices = knob.choices](const RunConfig& config) -> KnobValue {
            return choices.at(static_cast<std::size_t>(config.*section.*field));
        };
        knob.set = [section, field, choices = knob.choices](RunConfig& config, const KnobValue& value) {
            std::size_t index = 0;
            while (choices.at(index) != std::get<std::string>(value))
                ++index;
            config.*section.*field = static_cast<Field>(index);
        };
    } else {
        knob.type = knobTypeOf<Field>();
        knob.get = [section, field](const RunConfig& config) {
            return KnobAccess<Field>::toValue(config.*section.*field);
        };
        knob.set = [section, field](RunConfig& config, const KnobValue& value) {
            config.*section.*field = KnobAccess<Field>::toField(value);
        };
    }
    return knob;
}

} // namespace headroom
