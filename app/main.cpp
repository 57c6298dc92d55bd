#include "app/command.h"
#include "app/print.h"
#include "core/engine/engine_error.h"
#include "core/support/keep_freed_pages.h"
#include "core/support/openmp_spin.h"
#include "core/support/version.h"

#include <cerrno>
#include <exception>
#include <sstream>
#include <string>
#include <system_error>

namespace {

/// A result that did not arrive is a failure. A reader that has had enough, such as head, needs no message.
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

    CLI::App program{"Headroom trains the music separation model BSMamba2 within the memory you have."};
    program.name("headroom");
    program.set_version_flag("--version", std::string("headroom ") + headroom::version());
    program.require_subcommand(0, 1);
    headroom::app::addDemoCommand(program, context);
    headroom::app::addOptionsCommand(program, context);
    headroom::app::addInspectCommand(program, context);
    headroom::app::addImportCommand(program, context);
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
        const bool asked = program.exit(error, out, err) == 0; // for the help or the version
        headroom::app::print("{}", out.str());
        headroom::app::printError("{}", err.str());
        return checkPrinted(context, asked ? 0 : 2);
    }
    // Required by CLI11 itself it would hide the name of a command that does not exist.
    if (program.get_subcommands().empty()) {
        headroom::app::printError("{}", program.help());
        return 2;
    }
    return checkPrinted(context, context.exitCode);
}

/// Says why the program fails, in the catch block of main.
int reportFailure() noexcept {
    try {
        const headroom::Error error = headroom::engineError(std::current_exception());
        headroom::app::printError("headroom: {}\n", error.message());
        return error.kind() == headroom::ErrorKind::Input ? 2 : 1;
    } catch (...) {
        headroom::app::writeError("headroom: out of memory\n");
        return 1;
    }
}

} // namespace

int main(int argc, char** argv) {
    headroom::app::prepareStandardStreams();
    headroom::limitOpenMpSpin(argv);
    headroom::disableMallocTrim();
    try {
        return run(argc, argv);
    } catch (...) {
        return reportFailure();
    }
}
