// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/command.h"

namespace headroom::app {

/// Declares the whole command line: declareProgram() and all commands.
/// @param verbose receives whether --verbose is given
void addAllCommands(CLI::App& program, Context& context, bool& verbose);

} // namespace headroom::app
