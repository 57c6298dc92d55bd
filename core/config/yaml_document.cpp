// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/yaml_document.h"

#include "core/config/scalar_text.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <sstream>

namespace headroom {
namespace {

constexpr int deepestLevel = 64;
constexpr int mostValues = 100'000;

[[noreturn]] void refuseYaml(const std::string& what, const std::string& where,
                             const std::string& remedy = {}) {
    throw Error(ErrorKind::Input, what, where, remedy);
}

/// Removes the first line from the text and returns it.
std::string_view takeLine(std::string_view& text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    return line;
}

bool isIndentedWithTab(std::string_view line) {
    const auto content = line.find_first_not_of(" \t\r");
    return content != std::string_view::npos && line[content] != '#' &&
           line.substr(0, content).find('\t') != std::string_view::npos;
}

/// YAML does not allow tabs in indentation, which the parser's own message does not mention.
[[noreturn]] void refuseSyntax(std::string_view text, const YAML::Exception& error, const std::string& name) {
    int tab = 0; // last line indented with a tab up to the error; 1 is the first line
    for (int number = 1; number <= error.mark.line + 1; ++number) {
        if (isIndentedWithTab(takeLine(text)))
            tab = number;
    }
    if (tab > 0)
        refuseYaml(fmt::format("line {} starts with a tab ({})", tab, error.msg),
                   fmt::format("{}:{}", name, tab), "Indent with spaces only.");
    refuseYaml("invalid YAML: " + error.msg, yamlPlace(name, error.mark));
}

/// Checks the size of a document before its nodes are built.
class DocumentLimits : public YAML::EventHandler {
public:
    explicit DocumentLimits(std::string name) : name_(std::move(name)) {}

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { count(mark); }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { count(mark); }
    void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t, const std::string&) override {
        count(mark);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        enter(mark);
    }
    void OnSequenceEnd() override { --level_; }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {
        enter(mark);
    }
    void OnMapEnd() override { --level_; }

private:
    void count(const YAML::Mark& mark) {
        if (++values_ > mostValues)
            refuseYaml(fmt::format("more than {} values: this is not a configuration", mostValues),
                       yamlPlace(name_, mark));
    }
    void enter(const YAML::Mark& mark) {
        count(mark);
        if (++level_ > deepestLevel)
            refuseYaml(fmt::format("more than {} levels: this is not a configuration", deepestLevel),
                       yamlPlace(name_, mark));
    }

    std::string name_;
    int values_ = 0;
    int level_ = 0;
};

/// Refuses anything after the first document. The parser stops at input that it cannot read, such as a comma,
/// and would then report an endless series of empty documents.
class NoDocument final : public DocumentLimits {
public:
    NoDocument(std::string_view text, std::string name)
        : DocumentLimits(name), text_(text), name_(std::move(name)) {}

    void OnDocumentStart(const YAML::Mark& mark) override {
        std::string_view text = text_;
        for (int line = 0; line < mark.line; ++line)
            takeLine(text);
        std::string_view rest = takeLine(text);
        rest.remove_prefix(std::min(rest.size(), static_cast<std::size_t>(mark.column)));
        if (!rest.empty() && std::string_view(",]}").find(rest.front()) != std::string_view::npos)
            refuseYaml(fmt::format("invalid YAML: unexpected {}", excerpt(rest)), yamlPlace(name_, mark));
        refuseYaml("more than one YAML document in the file", yamlPlace(name_, mark),
                   "Remove the line '---'.");
    }

private:
    std::string_view text_;
    std::string name_;
};

void checkLimits(std::string_view text, const std::string& name) {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    DocumentLimits limits(name);
    parser.HandleNextDocument(limits);
    NoDocument rest(text, name);
    parser.HandleNextDocument(rest);
}

} // namespace

YAML::Node parseYaml(std::string_view text, const std::string& name) {
    if (text.size() > largestYaml || !isUtf8(text) || text.find('\0') != std::string_view::npos)
        refuseYaml("this is not a configuration: expected UTF-8 text of at most 1 MiB", name);
    try {
        checkLimits(text, name);
        return YAML::Load(std::string(text));
    } catch (const YAML::Exception& error) {
        refuseSyntax(text, error, name);
    }
}

std::string yamlPlace(const std::string& name, const YAML::Mark& mark) {
    return mark.is_null() ? name : fmt::format("{}:{}", name, mark.line + 1);
}

} // namespace headroom
