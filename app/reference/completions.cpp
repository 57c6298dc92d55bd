// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reference/completions.h"

#include <fmt/format.h>

namespace headroom::app {
namespace {

std::string namesOf(const CommandEntry& command) {
    std::string names;
    for (const OptionEntry& option : command.options)
        names += (names.empty() || option.names.empty() ? "" : " ") +
                 fmt::format("{}", fmt::join(option.names, " "));
    return names;
}

std::string commandNames(const CommandTable& table, const char* separator) {
    std::string names;
    for (const CommandEntry& command : table.commands)
        names += (names.empty() ? "" : separator) + command.name;
    return names;
}

/// A backslash before each of these characters.
std::string escaped(const std::string& text, std::string_view special) {
    std::string result;
    for (const char c : text) {
        if (special.find(c) != std::string_view::npos)
            result += '\\';
        result += c;
    }
    return result;
}

/// In single quotes of a POSIX shell.
std::string shellWord(const std::string& text) {
    std::string result = "'";
    for (const char c : text)
        result += c == '\'' ? "'\\''" : std::string(1, c);
    return result + '\'';
}

/// "'--seed[Random seed]:value:_files'", as _arguments of zsh reads it.
std::string zshOption(const OptionEntry& option, const std::string& name) {
    std::string text = (option.repeats ? "*" : "") + name + '[' + escaped(option.description, "[]\\:") + ']';
    if (!option.argument.empty())
        text += option.choices.empty() ? ":value:_files"
                                       : fmt::format(":value:({})", fmt::join(option.choices, " "));
    return shellWord(text);
}

std::string zshOptions(const CommandEntry& command) {
    std::string text;
    for (const OptionEntry& option : command.options)
        for (const std::string& name : option.names)
            text += " \\\n            " + zshOption(option, name);
    return text;
}

} // namespace

std::string bashCompletion(const CommandTable& table) {
    std::string options, values;
    for (const CommandEntry& command : table.commands) {
        options += fmt::format("        {}) words=\"{}\" ;;\n", command.name, namesOf(command));
        for (const OptionEntry& option : command.options)
            for (const std::string& name : option.names)
                if (!option.choices.empty())
                    values += fmt::format("        \"{} {}\") words=\"{}\"; chosen=yes ;;\n", command.name,
                                          name, fmt::join(option.choices, " "));
    }
    return fmt::format(R"(# Completions of headroom for bash.
_headroom() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} command="" words="" chosen="" word
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case $word in {}) command=$word && break ;; esac
    done
    case $command in
        "") words="{} {}" ;;
{}    esac
    case "$command $previous" in
{}        *) ;;
    esac
    COMPREPLY=()
    if [[ $current == -* || -z $command || -n $chosen ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    fi
}}
complete -o default -F _headroom headroom
)",
                       commandNames(table, " | "), namesOf(table.program), commandNames(table, " "), options,
                       values);
}

std::string zshCompletion(const CommandTable& table) {
    std::string commands, cases;
    for (const CommandEntry& command : table.commands) {
        commands += fmt::format("        {}\n", shellWord(command.name + ':' + command.description));
        cases += fmt::format("        {})\n            _arguments{} \\\n            '*:file:_files' ;;\n",
                             command.name, zshOptions(command));
    }
    return fmt::format(R"(#compdef headroom
# Completions of headroom for zsh.
_headroom() {{
    local curcontext=$curcontext state line
    local -a commands
    commands=(
{}    )
    _arguments -C{} \
            '1: :->command' '*:: :->argument'
    case $state in
        command) _describe command commands && return ;;
    esac
    case $line[1] in
{}    esac
}}
_headroom "$@"
)",
                       commands, zshOptions(table.program), cases);
}

std::string fishCompletion(const CommandTable& table) {
    std::string text = "# Completions of headroom for fish.\n";
    const auto add = [&text](const CommandEntry& command, const std::string& condition) {
        for (const OptionEntry& option : command.options) {
            if (option.isPositional())
                continue;
            text += "complete -c headroom" + condition;
            for (const std::string& name : option.names)
                text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            if (!option.choices.empty())
                text += " -xa " + shellWord(fmt::format("{}", fmt::join(option.choices, " ")));
            else if (!option.argument.empty())
                text += " -r";
            text += " -d '" + escaped(option.description, "'\\") + "'\n";
        }
    };
    add(table.program, "");
    for (const CommandEntry& command : table.commands) {
        text += fmt::format("complete -c headroom -n __fish_use_subcommand -fa {} -d '{}'\n", command.name,
                            escaped(command.description, "'\\"));
        add(command, fmt::format(" -n '__fish_seen_subcommand_from {}'", command.name));
    }
    return text;
}

} // namespace headroom::app
