// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace headroom::app {

/// An option or argument of a command, as manual and completions show it.
struct OptionEntry {
    std::vector<std::string> names; ///< "--output", "-o"; empty for an argument without a name
    std::string argument;           ///< "folder"; empty for a flag
    std::string description;
    std::string defaultValue;
    std::vector<std::string> choices; ///< empty if any value is possible
    bool required = false;
    bool repeats = false; ///< takes several values

    bool isPositional() const { return names.empty(); }
};

struct CommandEntry {
    std::string name;
    std::string description;
    std::string footer;
    std::vector<OptionEntry> options;
};

/// The command line: its own options, and its commands.
struct CommandTable {
    CommandEntry program;
    std::vector<CommandEntry> commands;
};

CommandTable commandTable(const CLI::App& program);

} // namespace headroom::app
