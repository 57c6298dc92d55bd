// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/all_commands.h"
#include "app/print.h"
#include "app/run_program.h"
#include "app/start_log.h"
#include "core/engine/engine_error.h"
#include "core/engine/start_engine.h"
#include "core/setup/library_path.h"
#include "core/support/malloc_trim.h"
#include "core/support/openmp_spin.h"

#include <algorithm>
#include <exception>

namespace {

int run(int argc, char** argv) {
    headroom::app::Interrupt interrupt;
    headroom::app::Context context{interrupt};
    context.arguments.assign(argv + std::min(argc, 1), argv + argc);
    CLI::App program;
    bool verbose = false;
    headroom::app::addAllCommands(program, context, verbose);
    program.parse_complete_callback([&] {
        headroom::limitOpenMpSpin(argv); // starts the program again, so not for --help and --version
        headroom::takeLibTorchOffPath();
        headroom::app::startProgramLog("headroom", argc, argv, verbose);
        headroom::startEngine();
    });
    return headroom::app::runProgram(program, context, argc, argv);
}

/// Prints the current exception and returns the exit code. Called in a catch block.
int reportFailure() noexcept {
    try {
        return headroom::app::reportError(headroom::engineError(std::current_exception()));
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
