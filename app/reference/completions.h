// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reference/command_table.h"

#include <string>

/// Scripts with which shells complete the command line: commands, options, and values of options with fixed
/// ones; for all others, files.
namespace headroom::app {

std::string bashCompletion(const CommandTable& table);
std::string zshCompletion(const CommandTable& table);
std::string fishCompletion(const CommandTable& table);

} // namespace headroom::app
