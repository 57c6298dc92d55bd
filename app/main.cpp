// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/print.h"
#include "app/start_log.h"
#include "core/engine/engine_error.h"
#include "core/engine/start_engine.h"
#include "core/support/log.h"
#include "core/support/malloc_trim.h"
#include "core/support/openmp_spin.h"
#include "core/support/version.h"

#include <algorithm>
#include <cerrno>
#include <exception>
#include <sstream>
#include <string>
#include <system_error>

namespace {

/// A result that could not be written is a failure. It needs no message if the reader has quit, as head does.
int checkPrinted(const headroom::app::Context& context, int exitCode) {
    const int error = headroom::app::outputError();
    if (error == 0 || !context.printsResult || exitCode == headroom::app::stoppedExitCode)
        return exitCode;
    if (error != EPIPE)
        headroom::app::printError("headroom: cannot write to standard output: {}\n",
                                  std::system_category().message(error));
    return exitCode == 0 ? 1 : exitCode;
}

int run(int argc, char** argv) {
    headroom::app::Interrupt interrupt;
    headroom::app::Context context{interrupt};
    context.arguments.assign(argv + std::min(argc, 1), argv + argc);

    CLI::App program{"Headroom trains music source separation models in the memory of your card."};
    program.name("headroom");
    program.set_version_flag("--version", std::string("headroom ") + headroom::version());
    program.require_subcommand(0, 1);
    program.fallthrough(); // --verbose may follow the command
    bool verbose = false;
    program.add_flag("--verbose", verbose,
                     "Also print the log, which is kept in headroom.log in ~/.cache/headroom");
    program.parse_complete_callback([&] {
        headroom::limitOpenMpSpin(argv); // starts the program again, so not for --help and --version
        headroom::app::startProgramLog("headroom", argc, argv, verbose);
        headroom::startEngine();
    });
    headroom::app::addDemoCommand(program, context);
    headroom::app::addOptionsCommand(program, context);
    headroom::app::addInspectCommand(program, context);
    headroom::app::addConvertCommand(program, context);
    headroom::app::addExportCommand(program, context);
    headroom::app::addImportCommand(program, context);
    headroom::app::addModelsCommand(program, context);
    headroom::app::addSeparateCommand(program, context);
    headroom::app::addEvaluateCommand(program, context);
    headroom::app::addTrainCommand(program, context);
    headroom::app::addForecastCommand(program, context);
    headroom::app::addFitCommand(program, context);
    headroom::app::addCalibrateCommand(program, context);

    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        std::ostringstream out, err;
        const bool isHelp = program.exit(error, out, err) == 0; // or --version
        headroom::app::print("{}", out.str());
        headroom::app::printError("{}", err.str());
        return checkPrinted(context, isHelp ? 0 : 2);
    }
    // Not require_subcommand(1): CLI11 would then not name an unknown command in its message.
    if (program.get_subcommands().empty()) {
        headroom::app::printError("{}", program.help());
        return 2;
    }
    return checkPrinted(context, context.exitCode);
}

/// Prints the current exception and returns the exit code. Called in a catch block.
int reportFailure() noexcept {
    try {
        const headroom::Error error = headroom::engineError(std::current_exception());
        headroom::app::printError("headroom: {}\n", error.message());
        headroom::log(headroom::LogCategory::Program, headroom::LogLevel::Error, error.message());
        return error.kind() == headroom::ErrorKind::Input ? 2 : 1;
    } catch (...) {
        headroom::app::writeError("headroom: out of memory\n");
        return 1;
    }
}

} // namespace

int main(int argc, char** argv) {
    headroom::app::prepareStandardStreams();
    headroom::disableMallocTrim();
    try {
        return run(argc, argv);
    } catch (...) {
        return reportFailure();
    }
}
