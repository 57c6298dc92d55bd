// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/print.h"
#include "core/config/model_kind.h"
#include "core/config/option_table.h"
#include "core/config/option_value.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <vector>

namespace headroom::app {
namespace {

/// The models that have the option.
std::vector<std::string> modelNames(const Option& option) {
    std::vector<std::string> names;
    for (const ModelKind kind : {ModelKind::BsMamba2, ModelKind::BsRoformer, ModelKind::MelBandRoformer})
        if (option.appliesTo(kind))
            names.push_back(modelKindName(kind));
    return names;
}

std::string optionsJson() {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Option& option : optionTable())
        list.push_back({{"key", option.key},
                        {"description", option.description},
                        {"allowed", allowedValues(option)},
                        {"unit", option.unit},
                        {"models", modelNames(option)},
                        {"default", formatOptionValue(option.defaultValue())},
                        {"takes_effect", takesEffectText(option.takesEffect)}});
    return list.dump();
}

} // namespace

void addOptionsCommand(CLI::App& program, Context&) {
    const auto json = std::make_shared<bool>(false);
    CLI::App* command =
        program.add_subcommand("options", "Print all options of a configuration as a Markdown table");
    command->add_flag(
        "--json", *json,
        "Print one line of JSON: a list of key, description, allowed, unit, models, default, takes_effect");
    command->callback([json] {
        if (*json)
            printJson(optionsJson());
        else
            print("{}", optionReference());
    });
}

} // namespace headroom::app
