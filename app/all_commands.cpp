// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/all_commands.h"

#include "app/run_program.h"

namespace headroom::app {

void addAllCommands(CLI::App& program, Context& context, bool& verbose) {
    declareProgram(program, verbose);
    addDemoCommand(program, context);
    addOptionsCommand(program, context);
    addInspectCommand(program, context);
    addConvertCommand(program, context);
    addExportCommand(program, context);
    addImportCommand(program, context);
    addModelsCommand(program, context);
    addSeparateCommand(program, context);
    addEvaluateCommand(program, context);
    addTrainCommand(program, context);
    addOverfitCommand(program, context);
    addForecastCommand(program, context);
    addFitCommand(program, context);
    addReplayCommand(program, context);
    addCalibrateCommand(program, context);
    addSetupCommand(program, context);
    addDoctorCommand(program, context);
}

} // namespace headroom::app
