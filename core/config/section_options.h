// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/option_access.h"

#include <string>
#include <utility>
#include <vector>

namespace headroom {

/// Short names for the columns of the option table.
namespace option_table {

inline constexpr auto nextStep = TakesEffect::NextStep;
inline constexpr auto nextStart = TakesEffect::NextStart;
inline constexpr auto newRun = TakesEffect::NewRun;

inline constexpr Affects nothing{};
inline constexpr Affects speed{.speed = true};
inline constexpr Affects quality{.quality = true};
inline constexpr Affects memorySpeed{.memory = true, .speed = true};
inline constexpr Affects speedQuality{.speed = true, .quality = true};
inline constexpr Affects all{.memory = true, .speed = true, .quality = true};

} // namespace option_table

/// Allowed numbers, and the step of their sliders.
struct NumberRange {
    double min;
    double max;
    double step;
    std::string unit = {};
};

/// Collects the options of one section of RunConfig.
template <typename Section>
class SectionOptions {
public:
    SectionOptions(std::string name, Section RunConfig::*section)
        : name_(std::move(name)), section_(section) {}

    template <typename Field>
    Option& number(Field Section::*field, const std::string& name, const NumberRange& range, Affects affects,
                   TakesEffect effect, std::string description, std::string guide = {}) {
        Option option = described(name, affects, effect, std::move(description), std::move(guide));
        option.unit = range.unit;
        option.min = range.min;
        option.max = range.max;
        option.step = range.step;
        return options_.emplace_back(bindOption(std::move(option), section_, field));
    }

    template <typename Field>
    Option& choice(Field Section::*field, const std::string& name, std::vector<std::string> choices,
                   Affects affects, TakesEffect effect, std::string description, std::string guide = {}) {
        Option option = described(name, affects, effect, std::move(description), std::move(guide));
        option.choices = std::move(choices);
        return options_.emplace_back(bindOption(std::move(option), section_, field));
    }

    template <typename Field>
    Option& other(Field Section::*field, const std::string& name, Affects affects, TakesEffect effect,
                  std::string description, std::string guide = {}) {
        Option option = described(name, affects, effect, std::move(description), std::move(guide));
        return options_.emplace_back(bindOption(std::move(option), section_, field));
    }

    std::vector<Option> take() { return std::move(options_); }

private:
    Option described(const std::string& name, Affects affects, TakesEffect effect, std::string description,
                     std::string guide) const {
        Option option;
        option.key = name_ + "." + name;
        option.affects = affects;
        option.takesEffect = effect;
        option.description = std::move(description);
        option.guide = std::move(guide);
        return option;
    }

    std::string name_;
    Section RunConfig::*section_;
    std::vector<Option> options_;
};

} // namespace headroom
