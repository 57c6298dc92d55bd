// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/option_value.h"

#include "core/config/option_yaml.h"
#include "core/config/scalar_text.h"
#include "core/config/yaml_document.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace headroom {
namespace {

std::string numberRange(const Option& option) {
    const std::string unit = option.unit.empty() ? "" : " " + option.unit;
    return fmt::format("from {} to {}{}", formatNumber(option.min), formatNumber(option.max), unit);
}

bool inRange(const Option& option, double number) {
    return number >= option.min && number <= option.max;
}

bool isEmptyByDefault(const Option& option) {
    return std::get<std::vector<std::string>>(option.defaultValue()).empty();
}

bool isText(const std::string& text) {
    return isUtf8(text) && text.find('\0') == std::string::npos;
}

bool areDistinctNames(const std::vector<std::string>& names) {
    std::set<std::string_view> seen;
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
        return !name.empty() && isText(name) && seen.insert(name).second;
    });
}

bool isValidation(const OptionValue& value) {
    if (const auto* text = std::get_if<std::string>(&value))
        return *text == "musdb18";
    if (const auto* share = std::get_if<double>(&value))
        return *share > 0 && *share < 1;
    const auto* songs = std::get_if<std::vector<std::string>>(&value);
    return songs != nullptr && !songs->empty() && areDistinctNames(*songs);
}

/// Whether a value of the option's type is within its bounds.
bool isAllowed(const Option& option, const OptionValue& value) {
    switch (option.type) {
    case OptionType::Integer:
        return inRange(option, static_cast<double>(std::get<std::int64_t>(value)));
    case OptionType::Real:
        return inRange(option, std::get<double>(value));
    case OptionType::Boolean:
        return true;
    case OptionType::Text:
        return isText(std::get<std::string>(value));
    case OptionType::Choice:
        return std::find(option.choices.begin(), option.choices.end(), std::get<std::string>(value)) !=
               option.choices.end();
    case OptionType::IntegerList: {
        const auto& list = std::get<std::vector<int>>(value);
        return std::all_of(list.begin(), list.end(), [&](int number) { return inRange(option, number); });
    }
    case OptionType::TextList: {
        const auto& names = std::get<std::vector<std::string>>(value);
        return (!names.empty() || isEmptyByDefault(option)) && areDistinctNames(names);
    }
    case OptionType::Validation:
        return isValidation(value);
    }
    return false;
}

/// The text of an unquoted scalar; nothing for a quoted one, since a quoted number is text.
std::optional<std::string> plainScalar(const YAML::Node& node) {
    if (!node.IsScalar() || node.Tag() == "!")
        return std::nullopt;
    return node.Scalar();
}

std::optional<OptionValue> readInteger(const YAML::Node& node) {
    const auto text = plainScalar(node);
    const auto number = text ? parseInteger(*text) : std::nullopt;
    return number ? std::optional<OptionValue>(*number) : std::nullopt;
}

std::optional<OptionValue> readReal(const YAML::Node& node) {
    const auto text = plainScalar(node);
    const auto number = text ? parseReal(*text) : std::nullopt;
    return number ? std::optional<OptionValue>(*number) : std::nullopt;
}

/// Refuses "yes", "on" and similar words: YAML 1.1 reads them as true, YAML 1.2 as text.
std::optional<OptionValue> readBoolean(const YAML::Node& node) {
    const auto text = plainScalar(node);
    if (text && (*text == "true" || *text == "True" || *text == "TRUE"))
        return true;
    if (text && (*text == "false" || *text == "False" || *text == "FALSE"))
        return false;
    return std::nullopt;
}

/// An empty value, ~ or null reads as the empty string.
std::optional<OptionValue> readText(const YAML::Node& node) {
    if (node.IsNull())
        return std::string();
    return node.IsScalar() ? std::optional<OptionValue>(node.Scalar()) : std::nullopt;
}

std::optional<OptionValue> readIntegerList(const YAML::Node& node) {
    if (!node.IsSequence())
        return std::nullopt;
    std::vector<int> list;
    for (const auto& element : node) {
        const auto text = plainScalar(element);
        const auto number = text ? parseInteger(*text) : std::nullopt;
        if (!number || !std::in_range<int>(*number))
            return std::nullopt;
        list.push_back(static_cast<int>(*number));
    }
    return list;
}

std::optional<OptionValue> readTextList(const YAML::Node& node) {
    if (!node.IsSequence())
        return std::nullopt;
    std::vector<std::string> list;
    for (const auto& element : node) {
        auto text = readText(element);
        if (!text)
            return std::nullopt;
        list.push_back(std::get<std::string>(*std::move(text)));
    }
    return list;
}

std::optional<OptionValue> readValidation(const YAML::Node& node) {
    if (node.IsSequence())
        return readTextList(node);
    if (auto share = readReal(node))
        return share;
    return readText(node);
}

/// Reads a value of this type without checking its bounds; nothing if the node holds another type.
std::optional<OptionValue> readValue(OptionType type, const YAML::Node& node) {
    switch (type) {
    case OptionType::Integer:
        return readInteger(node);
    case OptionType::Real:
        return readReal(node);
    case OptionType::Boolean:
        return readBoolean(node);
    case OptionType::Text:
    case OptionType::Choice:
        return readText(node);
    case OptionType::IntegerList:
        return readIntegerList(node);
    case OptionType::TextList:
        return readTextList(node);
    case OptionType::Validation:
        return readValidation(node);
    }
    return std::nullopt;
}

[[noreturn]] void refuse(const Option& option, const std::string& given, const std::string& where) {
    const char* encoding = option.type == OptionType::Text ? " in UTF-8" : "";
    throw Error(ErrorKind::Input,
                fmt::format("{} must be {}{}, not {}", option.key, allowedValues(option), encoding, given),
                where);
}

/// The given value, shortened for a message.
std::string given(const YAML::Node& node) {
    if (node.IsNull())
        return "nothing";
    if (node.IsMap())
        return "a map of keys";
    if (node.IsScalar())
        return excerpt(node.Tag() == "!" ? "\"" + node.Scalar() + "\"" : node.Scalar());
    YAML::Emitter emitter;
    emitter << YAML::Flow << node;
    return excerpt(emitter.good() ? emitter.c_str() : "a list");
}

} // namespace

std::string allowedValues(const Option& option) {
    switch (option.type) {
    case OptionType::Integer:
        return "a whole number " + numberRange(option);
    case OptionType::Real:
        return "a number " + numberRange(option);
    case OptionType::Boolean:
        return "true or false";
    case OptionType::Text:
        return "text";
    case OptionType::Choice:
        return fmt::format("one of {}", fmt::join(option.choices, ", "));
    case OptionType::IntegerList:
        return "a list of whole numbers, each " + numberRange(option);
    case OptionType::TextList:
        return "a list of distinct names, such as [vocals, drums]";
    case OptionType::Validation:
        return "a list of distinct song names, musdb18, or a fraction between 0 and 1";
    }
    return {};
}

std::string takesEffectText(TakesEffect effect) {
    switch (effect) {
    case TakesEffect::NextStep:
        return "next step";
    case TakesEffect::NextStart:
        return "resume";
    case TakesEffect::NewRun:
        return "new run";
    }
    return {};
}

std::string formatOptionValue(const OptionValue& value) {
    struct Formatter {
        std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
        std::string operator()(double number) const { return formatNumber(number); }
        std::string operator()(bool flag) const { return flag ? "true" : "false"; }
        std::string operator()(const std::string& text) const {
            return isPlainWord(text) ? text : inQuotes(text);
        }
        std::string operator()(const std::vector<int>& list) const {
            return fmt::format("[{}]", fmt::join(list, ", "));
        }
        std::string operator()(const std::vector<std::string>& list) const {
            std::vector<std::string> texts;
            texts.reserve(list.size());
            for (const auto& text : list)
                texts.push_back((*this)(text));
            return fmt::format("[{}]", fmt::join(texts, ", "));
        }
    };
    return std::visit(Formatter{}, value);
}

OptionValue readOptionValue(const Option& option, const YAML::Node& node, const std::string& where) {
    auto value = readValue(option.type, node);
    if (!value || !isAllowed(option, *value))
        refuse(option, given(node), where);
    return *std::move(value);
}

OptionValue parseOptionValue(const Option& option, std::string_view text, const std::string& where) {
    if (option.type == OptionType::Text)
        return readOptionValue(option, YAML::Node(std::string(text)), where);
    YAML::Node node;
    try {
        node = parseYaml(text, where);
    } catch (const Error&) {
        refuse(option, excerpt(text), where);
    }
    return readOptionValue(option, node, where);
}

void checkOptionValue(const Option& option, const OptionValue& value, const std::string& where) {
    if (!isAllowed(option, value))
        refuse(option, excerpt(formatOptionValue(value)), where);
}

} // namespace headroom
