// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/hyper_parameters.h"

#include "core/config/scalar_text.h"
#include "core/config/yaml_document.h"
#include "core/weights/file_format.h"
#include "core/weights/torch_pickle.h"

#include <cmath>
#include <string_view>

namespace headroom {
namespace {

using Kind = PickleValue::Kind;

/// What an object of OmegaConf contains: a mapping, a list or a value.
const PickleValue& content(const PickleValue& value) {
    constexpr std::size_t mostAttributes = 16; // it has four
    if (value.kind != Kind::Object || value.state == nullptr || value.state->items.size() > mostAttributes)
        return value;
    for (const char* key : {"_content", "_val"}) {
        if (const PickleValue* inner = value.state->member(key))
            return *inner;
    }
    return value;
}

/// Writes values as YAML in flow style. Stops at the size of a configuration: values may contain themselves,
/// or a short file may repeat one value endlessly.
class FlowYaml {
public:
    void write(const PickleValue& given, int level = 0) {
        constexpr int deepest = 32;
        const PickleValue& value = content(given);
        if (isTooLarge() || level > deepest) {
            text_ += "null";
            return;
        }
        if (value.kind == Kind::Mapping || !value.items.empty())
            writeMapping(value, level);
        else if (value.kind == Kind::Sequence)
            writeList(value, level);
        else
            text_ += scalar(value);
    }
    bool isTooLarge() const { return text_.size() >= largestYaml || steps_ >= largestYaml; }
    const std::string& text() const { return text_; }

private:
    void writeMapping(const PickleValue& mapping, int level) {
        text_ += '{';
        for (const auto& [key, value] : mapping.items) {
            ++steps_;
            if (isTooLarge())
                break;
            if (key->kind != Kind::Text || !isUtf8(key->text))
                continue;
            text_ += (text_.back() == '{' ? "" : ", ") + inQuotes(key->text) + ": ";
            write(*value, level + 1);
        }
        text_ += '}';
    }
    void writeList(const PickleValue& list, int level) {
        text_ += '[';
        for (const PickleValue* element : list.elements) {
            ++steps_;
            if (isTooLarge())
                break;
            text_ += text_.back() == '[' ? "" : ", ";
            write(*element, level + 1);
        }
        text_ += ']';
    }
    static std::string scalar(const PickleValue& value) {
        switch (value.kind) {
        case Kind::Boolean:
            return value.integer != 0 ? "true" : "false";
        case Kind::Integer:
            return std::to_string(value.integer);
        case Kind::Real:
            return std::isfinite(value.real) ? formatNumber(value.real) : "null";
        case Kind::Text:
            return isUtf8(value.text) ? inQuotes(value.text) : "null";
        default:
            return "null";
        }
    }

    std::string text_;
    std::size_t steps_ = 0; ///< values looked at, written or not
};

} // namespace

std::optional<std::string> readHyperParameters(const std::string& path) {
    if (weightsFormat(path) != WeightsFormat::TorchArchive)
        return std::nullopt;
    const TorchPickle checkpoint(path);
    const PickleValue* parameters = checkpoint.pickle.root().member("hyper_parameters");
    if (parameters == nullptr)
        return std::nullopt;
    FlowYaml yaml;
    yaml.write(*parameters);
    return yaml.isTooLarge() ? std::nullopt : std::optional(yaml.text());
}

} // namespace headroom
