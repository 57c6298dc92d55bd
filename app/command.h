// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/interrupt.h"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace headroom::app {

/// What the program shares with its subcommands.
struct Context {
    Interrupt& interrupt;
    int exitCode = 0;                        ///< set by the subcommand's callback, unless it throws
    std::vector<std::string> arguments = {}; ///< of the program, without its name
    bool printsResult = true; ///< false if the result is in files and the output is only a report
};

/// Each function adds one subcommand with its options. The callback runs if the command line names it. One
/// file each in commands/, which parses arguments and prints; everything else is in core.
void addDemoCommand(CLI::App& program, Context& context);
void addOptionsCommand(CLI::App& program, Context& context);
void addInspectCommand(CLI::App& program, Context& context);
void addConvertCommand(CLI::App& program, Context& context);
void addExportCommand(CLI::App& program, Context& context);
void addImportCommand(CLI::App& program, Context& context);
void addModelsCommand(CLI::App& program, Context& context);
void addSeparateCommand(CLI::App& program, Context& context);
void addEvaluateCommand(CLI::App& program, Context& context);
void addTrainCommand(CLI::App& program, Context& context);
void addOverfitCommand(CLI::App& program, Context& context);
void addForecastCommand(CLI::App& program, Context& context);
void addCalibrateCommand(CLI::App& program, Context& context);
void addFitCommand(CLI::App& program, Context& context);
void addSetupCommand(CLI::App& program, Context& context);
void addDoctorCommand(CLI::App& program, Context& context);
void addReplayCommand(CLI::App& program, Context& context);

} // namespace headroom::app
