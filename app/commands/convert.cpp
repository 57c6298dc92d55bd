// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/print.h"
#include "core/config/config_file.h"
#include "core/config/scalar_text.h"
#include "core/interop/open_config.h"
#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "core/support/output_place.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <system_error>

namespace headroom::app {
namespace {

namespace fs = std::filesystem;

struct Arguments {
    std::string input;
    std::string output;
    bool overwrite = false;
    bool json = false;
};

bool holdsOnlyComments(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t start = line.find_first_not_of(" \t\r");
        if (start != std::string::npos && line[start] != '#')
            return false;
    }
    return true;
}

Conversion convert(const std::string& input) {
    OpenedConfig opened = openConfig(input);
    if (!opened.conversion && holdsOnlyComments(readConfigText(input)))
        throw Error(ErrorKind::Input, "the configuration holds only comments", input,
                    "Name the file of the other program.");
    if (!opened.conversion)
        throw Error(ErrorKind::Input, "this is a configuration of Headroom already", input,
                    "Use it as it is, with --config.");
    return *std::move(opened.conversion);
}

/// Our configuration, with a comment on its origin.
std::string yaml(const Conversion& conversion, const std::string& input) {
    return fmt::format("# Converted from {}.\n{}", excerpt(fs::path(input).filename().string()),
                       dumpConfig(conversion.config));
}

void write(const Arguments& arguments, const std::string& text) {
    requireFree(arguments.output, arguments.overwrite);
    writeFileAtomically(arguments.output, text);
}

const char* outcomeName(KeyOutcome outcome) {
    switch (outcome) {
    case KeyOutcome::Exact:
        return "exact";
    case KeyOutcome::Near:
        return "near";
    case KeyOutcome::NoCounterpart:
        return "no counterpart";
    case KeyOutcome::NoEffect:
        return "no effect";
    }
    return "";
}

std::string toJson(const Conversion& conversion, const Arguments& arguments, const std::string& text) {
    nlohmann::ordered_json keys = nlohmann::ordered_json::array();
    for (const ConvertedKey& key : conversion.keys)
        keys.push_back({{"key", key.key},
                        {"line", key.line},
                        {"value", key.value},
                        {"outcome", outcomeName(key.outcome)},
                        {"options", key.options},
                        {"remark", key.remark}});
    const nlohmann::ordered_json all = {{"input", arguments.input},
                                        {"model", conversion.model},
                                        {"output", arguments.output},
                                        {"yaml", text},
                                        {"keys", keys}};
    return all.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void run(const Arguments& arguments) {
    const Conversion conversion = convert(arguments.input);
    const std::string text = yaml(conversion, arguments.input);
    if (!arguments.output.empty())
        write(arguments, text);
    if (arguments.json) {
        printJson(toJson(conversion, arguments, text));
        return;
    }
    const std::string report = conversionReport(conversion, arguments.input);
    if (arguments.output.empty()) {
        printError("{}", report);
        print("{}", text);
    } else {
        print("{}", report);
    }
}

} // namespace

void addConvertCommand(CLI::App& program, Context&) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand(
        "convert", "Convert a configuration of another program, and report what became of each key");
    command
        ->add_option("file", arguments->input,
                     "YAML file of MSST, or hparams.yaml of BSMamba2's published code")
        ->required();
    command->add_option(
        "-o,--output", arguments->output,
        "Configuration to write; default: to standard output, with the report on standard error");
    command->add_flag("--overwrite", arguments->overwrite, "Replace an existing file");
    command->add_flag("--json", arguments->json, "Print one line of JSON: input, model, output, yaml, keys");
    command->callback([arguments] { run(*arguments); });
}

} // namespace headroom::app
