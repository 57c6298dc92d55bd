// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/interop/conversion_builder.h"

#include "core/config/option_table.h"
#include "core/config/option_value.h"
#include "core/config/option_yaml.h"
#include "core/config/scalar_text.h"
#include "core/support/error.h"
#include "core/support/lower_case.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <utility>

namespace headroom {
namespace {

/// Whether two scalars are the same number or word.
bool isSameScalar(const std::string& given, const std::string& only) {
    const auto number = parseReal(only);
    return number ? parseReal(given) == number : lowerCase(given) == only;
}

} // namespace

void ConversionBuilder::copy(const MatchingKey& pair) {
    const Option& option = *findOption(pair.option);
    collect([&] {
        const std::string where = document_.place(pair.key);
        if (const auto node = document_.value(pair.key))
            set(pair.key, pair.option, readOptionValue(option, *node, where));
        else if (*pair.absent != '\0')
            set(pair.key, pair.option, parseOptionValue(option, pair.absent, where));
        else if (document_.find(pair.key) != nullptr)
            report(pair.key, KeyOutcome::NoEffect, "the value is empty");
        else
            reportDefault(pair);
    });
}

/// A list that is left out means the usual one in both programs.
void ConversionBuilder::reportDefault(const MatchingKey& pair) {
    const OptionValue value = findOption(pair.option)->get(config_);
    const std::string text = formatOptionValue(value);
    if (text == "[]")
        return;
    ConvertedKey& converted = converted_[pair.key];
    converted.outcome = KeyOutcome::Near;
    converted.options = fmt::format("{}: {}", pair.option, text);
    converted.remark = "Headroom's default";
}

void ConversionBuilder::copy(std::span<const MatchingKey> pairs) {
    for (const MatchingKey& pair : pairs)
        copy(pair);
}

void ConversionBuilder::require(std::span<const FixedKey> keys) {
    for (const FixedKey& key : keys)
        collect([&] { requireOne(key); });
}

void ConversionBuilder::requireOne(const FixedKey& key) {
    const auto value = document_.text(key.key);
    if (value && !isSameScalar(*value, key.only))
        refuse(fmt::format("{} {} is not supported: {}", key.key, excerpt(*value), key.reason), key.key);
    else
        report(key.key, KeyOutcome::Exact, "the only value that Headroom has");
}

void ConversionBuilder::ignore(std::span<const IgnoredKey> keys) {
    for (const IgnoredKey& ignored : keys) {
        const std::string_view key = ignored.key;
        if (!key.ends_with('.')) {
            report(key, KeyOutcome::NoEffect, ignored.reason);
            continue;
        }
        for (const auto& entry : document_.entries()) {
            if (entry.key.starts_with(key) && !converted_.contains(entry.key))
                report(entry.key, KeyOutcome::NoEffect, ignored.reason);
        }
    }
}

void ConversionBuilder::demand(std::string_view key) {
    collect([&] {
        if (!document_.has(key))
            refuse(fmt::format("{} is missing", key), key);
    });
}

void ConversionBuilder::set(std::string_view key, const char* name, const OptionValue& value,
                            KeyOutcome outcome, std::string remark) {
    const Option& option = *findOption(name);
    const std::string where = document_.place(key);
    collect([&] {
        checkOptionValue(option, value, where);
        const bool changes = option.get(config_) != value;
        option.set(config_, value);
        const bool isGiven = document_.find(key) != nullptr;
        if (isGiven)
            places_[name] = where;
        if (!isGiven && !changes)
            return;
        ConvertedKey& converted = converted_[std::string(key)];
        const std::string assignment = fmt::format("{}: {}", name, formatOptionValue(value));
        if (converted.options.find(assignment) == std::string::npos)
            converted.options += (converted.options.empty() ? "" : ", ") + assignment;
        converted.outcome = outcome;
        converted.remark = std::move(remark);
    });
}

void ConversionBuilder::report(std::string_view key, KeyOutcome outcome, std::string remark) {
    if (document_.find(key) == nullptr)
        return;
    ConvertedKey& converted = converted_[std::string(key)];
    converted.outcome = outcome;
    converted.remark = std::move(remark);
}

void ConversionBuilder::refuse(const std::string& what, std::string_view key, const std::string& remedy) {
    errors_.add(Error(ErrorKind::Input, what, document_.place(key), remedy));
}

Conversion ConversionBuilder::finish(ForeignFormat format, std::string model) {
    Conversion conversion{.format = format, .model = std::move(model), .config = config_, .keys = {}};
    for (const auto& entry : document_.entries()) {
        ConvertedKey key = std::exchange(converted_[entry.key], {});
        converted_.erase(entry.key);
        key.key = entry.key;
        key.line = entry.line;
        key.value = ForeignDocument::shown(entry.value);
        conversion.keys.push_back(std::move(key));
    }
    for (auto& [name, key] : converted_) {
        key.key = name;
        conversion.keys.push_back(std::move(key));
    }
    return conversion;
}

} // namespace headroom
