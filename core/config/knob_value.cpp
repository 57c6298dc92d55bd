#include "core/config/knob_value.h"

#include "core/config/knob_yaml.h"
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

std::string numberRange(const Knob& knob) {
    const std::string unit = knob.unit.empty() ? "" : " " + knob.unit;
    return fmt::format("from {} to {}{}", formatNumber(knob.min), formatNumber(knob.max), unit);
}

bool inRange(const Knob& knob, double number) {
    return number >= knob.min && number <= knob.max;
}

bool isEmptyByDefault(const Knob& knob) {
    return std::get<std::vector<std::string>>(knob.defaultValue()).empty();
}

bool isText(const std::string& text) {
    return isUtf8(text) && text.find('\0') == std::string::npos;
}

bool areDifferentNames(const std::vector<std::string>& names) {
    std::set<std::string_view> seen;
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
        return !name.empty() && isText(name) && seen.insert(name).second;
    });
}

bool isValidation(const KnobValue& value) {
    if (const auto* text = std::get_if<std::string>(&value))
        return *text == "musdb18";
    if (const auto* share = std::get_if<double>(&value))
        return *share > 0 && *share < 1;
    const auto* songs = std::get_if<std::vector<std::string>>(&value);
    return songs != nullptr && !songs->empty() && areDifferentNames(*songs);
}

/// Whether a value of the knob's type is within its bounds.
bool isAllowed(const Knob& knob, const KnobValue& value) {
    switch (knob.type) {
    case KnobType::Integer:
        return inRange(knob, static_cast<double>(std::get<std::int64_t>(value)));
    case KnobType::Real:
        return inRange(knob, std::get<double>(value));
    case KnobType::Boolean:
        return true;
    case KnobType::Text:
        return isText(std::get<std::string>(value));
    case KnobType::Choice:
        return std::find(knob.choices.begin(), knob.choices.end(), std::get<std::string>(value)) !=
               knob.choices.end();
    case KnobType::IntegerList: {
        const auto& list = std::get<std::vector<int>>(value);
        return std::all_of(list.begin(), list.end(), [&](int number) { return inRange(knob, number); });
    }
    case KnobType::TextList: {
        const auto& names = std::get<std::vector<std::string>>(value);
        return (!names.empty() || isEmptyByDefault(knob)) && areDifferentNames(names);
    }
    case KnobType::Validation:
        return isValidation(value);
    }
    return false;
}

/// What the scalar says where it is written without quotes; a quoted number is text.
std::optional<std::string> plainScalar(const YAML::Node& node) {
    if (!node.IsScalar() || node.Tag() == "!")
        return std::nullopt;
    return node.Scalar();
}

std::optional<KnobValue> readInteger(const YAML::Node& node) {
    const auto text = plainScalar(node);
    const auto number = text ? parseInteger(*text) : std::nullopt;
    return number ? std::optional<KnobValue>(*number) : std::nullopt;
}

std::optional<KnobValue> readReal(const YAML::Node& node) {
    const auto text = plainScalar(node);
    const auto number = text ? parseReal(*text) : std::nullopt;
    return number ? std::optional<KnobValue>(*number) : std::nullopt;
}

/// "yes", "on" and their like are true in one version of YAML and text in the next, so they are refused.
std::optional<KnobValue> readBoolean(const YAML::Node& node) {
    const auto text = plainScalar(node);
    if (text && (*text == "true" || *text == "True" || *text == "TRUE"))
        return true;
    if (text && (*text == "false" || *text == "False" || *text == "FALSE"))
        return false;
    return std::nullopt;
}

/// An empty value, ~ or null is the empty text: none.
std::optional<KnobValue> readText(const YAML::Node& node) {
    if (node.IsNull())
        return std::string();
    return node.IsScalar() ? std::optional<KnobValue>(node.Scalar()) : std::nullopt;
}

std::optional<KnobValue> readIntegerList(const YAML::Node& node) {
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

std::optional<KnobValue> readTextList(const YAML::Node& node) {
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

std::optional<KnobValue> readValidation(const YAML::Node& node) {
    if (node.IsSequence())
        return readTextList(node);
    if (auto share = readReal(node))
        return share;
    return readText(node);
}

/// The value by its type alone; nothing where it has another.
std::optional<KnobValue> readValue(KnobType type, const YAML::Node& node) {
    switch (type) {
    case KnobType::Integer:
        return readInteger(node);
    case KnobType::Real:
        return readReal(node);
    case KnobType::Boolean:
        return readBoolean(node);
    case KnobType::Text:
    case KnobType::Choice:
        return readText(node);
    case KnobType::IntegerList:
        return readIntegerList(node);
    case KnobType::TextList:
        return readTextList(node);
    case KnobType::Validation:
        return readValidation(node);
    }
    return std::nullopt;
}

[[noreturn]] void refuse(const Knob& knob, const std::string& given, const std::string& where) {
    const char* encoding = knob.type == KnobType::Text ? " in UTF-8" : "";
    throw Error(ErrorKind::Input,
                fmt::format("{} must be {}{}, not {}", knob.key, allowedValues(knob), encoding, given),
                where);
}

/// What was given, short enough for a message.
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

std::string allowedValues(const Knob& knob) {
    switch (knob.type) {
    case KnobType::Integer:
        return "a whole number " + numberRange(knob);
    case KnobType::Real:
        return "a number " + numberRange(knob);
    case KnobType::Boolean:
        return "true or false";
    case KnobType::Text:
        return "text";
    case KnobType::Choice:
        return fmt::format("one of {}", fmt::join(knob.choices, ", "));
    case KnobType::IntegerList:
        return "a list of whole numbers, each " + numberRange(knob);
    case KnobType::TextList:
        return "a list of different names, as [vocals, drums]";
    case KnobType::Validation:
        return "a list of different song names, musdb18, or a share between 0 and 1";
    }
    return {};
}

std::string takesEffectText(TakesEffect effect) {
    switch (effect) {
    case TakesEffect::NextStep:
        return "next step";
    case TakesEffect::NextStart:
        return "carried on";
    case TakesEffect::NewRun:
        return "new run";
    }
    return {};
}

std::string formatKnobValue(const KnobValue& value) {
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

KnobValue readKnobValue(const Knob& knob, const YAML::Node& node, const std::string& where) {
    auto value = readValue(knob.type, node);
    if (!value || !isAllowed(knob, *value))
        refuse(knob, given(node), where);
    return *std::move(value);
}

KnobValue parseKnobValue(const Knob& knob, std::string_view text, const std::string& where) {
    if (knob.type == KnobType::Text)
        return readKnobValue(knob, YAML::Node(std::string(text)), where);
    YAML::Node node;
    try {
        node = parseYaml(text, where);
    } catch (const Error&) {
        refuse(knob, excerpt(text), where);
    }
    return readKnobValue(knob, node, where);
}

void checkKnobValue(const Knob& knob, const KnobValue& value, const std::string& where) {
    if (!isAllowed(knob, value))
        refuse(knob, excerpt(formatKnobValue(value)), where);
}

} // namespace headroom
