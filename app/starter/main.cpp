// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/print.h"
#include "app/run_program.h"
#include "app/start_log.h"
#include "app/starter/start_installed.h"
#include "core/setup/libtorch_folder.h"

#include <exception>
#include <string>
#include <string_view>

namespace {

using namespace headroom::app;

/// The first argument that is no option; empty if there is none.
std::string_view commandOf(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        if (const std::string_view argument = argv[i]; !argument.starts_with('-'))
            return argument;
    }
    return {};
}

/// The commands that need no LibTorch, help and version.
int runHere(int argc, char** argv) {
    Interrupt interrupt;
    Context context{interrupt};
    CLI::App program;
    bool verbose = false;
    declareProgram(program, verbose);
    program.parse_complete_callback([&] { startProgramLog("headroom", argc, argv, verbose); });
    addSetupCommand(program, context);
    addDoctorCommand(program, context);
    if (!headroom::findLibTorch())
        program.footer(headroom::missingLibTorch() +
                       " After that, all commands are available; `man headroom` describes them.");
    return runProgram(program, context, argc, argv);
}

int run(int argc, char** argv) {
    const bool isStudio = std::string_view(argv[0]).ends_with("headroom-studio");
    const std::string_view command = commandOf(argc, argv);
    const bool isHere = !isStudio && (command == "setup" || command == "doctor");
    if (!isHere)
        startInstalled(isStudio ? "headroom-studio" : "headroom", argv); // returns if there is no LibTorch
    if (isStudio)
        startStudioSetup(argv); // returns if there is no display
    if (isHere || (!isStudio && command.empty()))
        return runHere(argc, argv);
    printError("{}: {}\n", isStudio ? "headroom-studio" : "headroom", headroom::missingLibTorch());
    return 1;
}

} // namespace

/// What users start as headroom and headroom-studio: finds LibTorch and becomes the program of that name in
/// lib/headroom, which is linked with it. Commands that need no LibTorch are run here.
int main(int argc, char** argv) {
    prepareStandardStreams();
    try {
        return run(argc, argv);
    } catch (const headroom::Error& error) {
        return reportError(error);
    } catch (const std::exception& error) {
        printError("headroom: {}\n", error.what());
        return 1;
    }
}
