// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/command.h"
#include "core/support/error.h"

namespace headroom::app {

/// Declares what the command line has without its commands: name, description, version and --verbose.
/// @param verbose receives whether --verbose is given
void declareProgram(CLI::App& program, bool& verbose);

/// Parses the command line, which calls the command that it names, and prints help, version and errors of the
/// arguments.
/// @return the exit code; errors of the command are thrown
int runProgram(CLI::App& program, Context& context, int argc, const char* const* argv);

/// Prints an error that ends the program and logs it. Returns the exit code.
int reportError(const Error& error);

} // namespace headroom::app
