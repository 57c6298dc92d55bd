#pragma once

#include "app/interrupt.h"

#include <CLI/CLI.hpp>

namespace headroom::app {

/// What a subcommand needs of the program around it.
struct Context {
    Interrupt& interrupt;
    int exitCode = 0;         ///< set by the subcommand's callback; errors are thrown instead
    bool printsResult = true; ///< false: what is printed is only a report, the result is in files
};

/// Each adds one subcommand with its options; the callback runs when the command line names it.
/// One file each in commands/, no logic there beyond arguments and printing.
void addDemoCommand(CLI::App& program, Context& context);
void addOptionsCommand(CLI::App& program, Context& context);
void addInspectCommand(CLI::App& program, Context& context);
void addImportCommand(CLI::App& program, Context& context);
void addSeparateCommand(CLI::App& program, Context& context);
void addEvaluateCommand(CLI::App& program, Context& context);
void addTrainCommand(CLI::App& program, Context& context);
void addForecastCommand(CLI::App& program, Context& context);
void addCalibrateCommand(CLI::App& program, Context& context);
void addFitCommand(CLI::App& program, Context& context);

} // namespace headroom::app
