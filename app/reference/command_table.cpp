// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reference/command_table.h"

#include <sstream>
#include <string_view>

namespace headroom::app {
namespace {

/// The values in "TEXT:{one,two}", as CLI11 names the type of an option with fixed values.
std::vector<std::string> choicesIn(const std::string& type) {
    const auto begin = type.find('{');
    const auto end = type.rfind('}');
    std::vector<std::string> choices;
    if (begin == std::string::npos || end == std::string::npos || end < begin)
        return choices;
    std::istringstream list(type.substr(begin + 1, end - begin - 1));
    for (std::string choice; std::getline(list, choice, ',');)
        choices.push_back(choice);
    return choices;
}

std::string lowerCaseType(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    return CLI::detail::to_lower(type.substr(0, type.find(':')));
}

OptionEntry entryOf(const CLI::Option& option) {
    OptionEntry entry;
    for (const std::string& name : option.get_snames())
        entry.names.push_back('-' + name);
    for (const std::string& name : option.get_lnames())
        entry.names.push_back("--" + name);
    if (entry.names.empty())
        entry.argument = option.get_name(true);
    else if (option.get_items_expected_max() > 0)
        entry.argument = lowerCaseType(option);
    entry.description = option.get_description();
    entry.defaultValue = option.get_default_str();
    entry.choices = choicesIn(option.get_type_name());
    entry.required = option.get_required();
    entry.repeats = option.get_items_expected_max() > 1;
    return entry;
}

CommandEntry entryOf(const CLI::App& command) {
    CommandEntry entry{command.get_name(), command.get_description(), command.get_footer(), {}};
    for (const CLI::Option* option : command.get_options())
        entry.options.push_back(entryOf(*option));
    return entry;
}

} // namespace

CommandTable commandTable(const CLI::App& program) {
    CommandTable table{.program = entryOf(program), .commands = {}};
    for (const CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; }))
        table.commands.push_back(entryOf(*command));
    return table;
}

} // namespace headroom::app
