#include "core/config/knob_value.h"

#include "core/config/knob_yaml.h"
#include "core/config/scalar_text.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>

namespace headroom {
namespace {

std::string numberRange(const Knob& knob) {
    const std::string unit = knob.unit.empty() ? "" : " " + knob.unit;
    return fmt::format("from {} to {}{}", formatNumber(knob.min), formatNumber(knob.max), unit);
}

bool inRange(const Knob& knob, double number) {
    return number >= knob.min && number <= knob.max;
}

/// What the scalar says where it is written without quotes; a quoted number is text.
std::optional<std::string> plainScalar(const YAML::Node& node) {
    if (!node.IsScalar() || node.Tag() == "!")
        return std::nullopt;
    return node.Scalar();
}

std::optional<KnobValue> readInteger(const Knob& knob, const YAML::Node& node) {
    const auto text = plainScalar(node);
    const auto number = text ? parseInteger(*text) : std::nullopt;
    if (!number || !inRange(knob, static_cast<double>(*number)))
        return std::nullopt;
    return *number;
}

std::optional<KnobValue> readReal(const Knob& knob, const YAML::Node& node) {
    const auto text = plainScalar(node);
    const auto number = text ? parseReal(*text) : std::nullopt;
    if (!number || !inRange(knob, *number))
        return std::nullopt;
    return *number;
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
    if (!node.IsScalar() || !isUtf8(node.Scalar()))
        return std::nullopt;
    return node.Scalar();
}

std::optional<KnobValue> readChoice(const Knob& knob, const YAML::Node& node) {
    if (!node.IsScalar() ||
        std::find(knob.choices.begin(), knob.choices.end(), node.Scalar()) == knob.choices.end())
        return std::nullopt;
    return node.Scalar();
}

std::optional<KnobValue> readIntegerList(const Knob& knob, const YAML::Node& node) {
    if (!node.IsSequence())
        return std::nullopt;
    std::vector<int> list;
    for (const auto& element : node) {
        const auto number = readInteger(knob, element);
        if (!number)
            return std::nullopt;
        list.push_back(static_cast<int>(std::get<std::int64_t>(*number)));
    }
    return list;
}

std::optional<KnobValue> readTextList(const YAML::Node& node, bool mayBeEmpty) {
    if (!node.IsSequence() || (node.size() == 0 && !mayBeEmpty))
        return std::nullopt;
    std::vector<std::string> list;
    for (const auto& element : node) {
        const auto text = readText(element);
        if (!text || std::get<std::string>(*text).empty() ||
            std::find(list.begin(), list.end(), std::get<std::string>(*text)) != list.end())
            return std::nullopt;
        list.push_back(std::get<std::string>(*text));
    }
    return list;
}

bool isEmptyByDefault(const Knob& knob) {
    return std::get<std::vector<std::string>>(knob.defaultValue()).empty();
}

std::optional<KnobValue> readValidation(const YAML::Node& node) {
    if (node.IsSequence())
        return readTextList(node, false);
    if (node.IsScalar() && node.Scalar() == "musdb18")
        return node.Scalar();
    const auto text = plainScalar(node);
    const auto share = text ? parseReal(*text) : std::nullopt;
    if (!share || *share <= 0 || *share >= 1)
        return std::nullopt;
    return *share;
}

std::optional<KnobValue> tryRead(const Knob& knob, const YAML::Node& node) {
    switch (knob.type) {
    case KnobType::Integer:
        return readInteger(knob, node);
    case KnobType::Real:
        return readReal(knob, node);
    case KnobType::Boolean:
        return readBoolean(node);
    case KnobType::Text:
        return readText(node);
    case KnobType::Choice:
        return readChoice(knob, node);
    case KnobType::IntegerList:
        return readIntegerList(knob, node);
    case KnobType::TextList:
        return readTextList(node, isEmptyByDefault(knob));
    case KnobType::Validation:
        return readValidation(node);
    }
    return std::nullopt;
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
    if (auto value = tryRead(knob, node))
        return *value;
    throw Error(ErrorKind::Input,
                fmt::format("{} must be {}, not {}", knob.key, allowedValues(knob), given(node)), where);
}

KnobValue parseKnobValue(const Knob& knob, std::string_view text, const std::string& where) {
    if (knob.type == KnobType::Text)
        return readKnobValue(knob, YAML::Node(std::string(text)), where);
    try {
        return readKnobValue(knob, YAML::Load(std::string(text)), where);
    } catch (const YAML::Exception&) {
        throw Error(ErrorKind::Input,
                    fmt::format("{} must be {}, not {}", knob.key, allowedValues(knob), excerpt(text)),
                    where);
    }
}

} // namespace headroom
