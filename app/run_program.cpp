// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/run_program.h"

#include "app/print.h"
#include "core/support/log.h"
#include "core/support/version.h"

#include <cerrno>
#include <sstream>
#include <string>
#include <system_error>

namespace headroom::app {
namespace {

/// A result that could not be written is a failure. It needs no message if the reader has quit, as head does.
int checkPrinted(const Context& context, int exitCode) {
    const int error = outputError();
    if (error == 0 || !context.printsResult || exitCode == stoppedExitCode)
        return exitCode;
    if (error != EPIPE)
        printError("headroom: cannot write to standard output: {}\n", std::system_category().message(error));
    return exitCode == 0 ? 1 : exitCode;
}

} // namespace

void declareProgram(CLI::App& program, bool& verbose) {
    program.name("headroom");
    program.description("Headroom trains music source separation models in the memory of your card.");
    program.set_version_flag("--version", std::string("headroom ") + version());
    program.require_subcommand(0, 1);
    program.fallthrough(); // --verbose may follow the command
    program.add_flag("--verbose", verbose,
                     "Also print the log, which is kept in headroom.log in ~/.cache/headroom");
}

int runProgram(CLI::App& program, Context& context, int argc, const char* const* argv) {
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        std::ostringstream out, err;
        const bool isHelp = program.exit(error, out, err) == 0; // or --version
        print("{}", out.str());
        printError("{}", err.str());
        return checkPrinted(context, isHelp ? 0 : 2);
    }
    // Not require_subcommand(1): CLI11 would then not name an unknown command in its message.
    if (program.get_subcommands().empty()) {
        printError("{}", program.help());
        return 2;
    }
    return checkPrinted(context, context.exitCode);
}

int reportError(const Error& error) {
    printError("headroom: {}\n", error.message());
    log(LogCategory::Program, LogLevel::Error, error.message());
    return error.kind() == ErrorKind::Input ? 2 : 1;
}

} // namespace headroom::app
