#include "app/command.h"
#include "core/support/error.h"
#include "core/support/keep_freed_pages.h"
#include "core/support/version.h"
#include "core/support/wait_asleep.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <exception>
#include <string>
#include <system_error>

namespace {

int run(int argc, char** argv) {
    headroom::app::Interrupt interrupt;
    headroom::app::Context context{interrupt};

    CLI::App program{"Headroom trains the music separation model BSMamba2 within the memory you have."};
    program.name("headroom");
    program.set_version_flag("--version", std::string("headroom ") + headroom::version());
    program.require_subcommand(0, 1);
    headroom::app::addDemoCommand(program, context);
    headroom::app::addKnobsCommand(program, context);
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
        return program.exit(error) == 0 ? 0 : 2;
    }
    // Required by CLI11 itself it would hide the name of a command that does not exist.
    if (program.get_subcommands().empty()) {
        fmt::print(stderr, "{}", program.help());
        return 2;
    }
    return context.exitCode;
}

/// What was printed may still wait in memory, and the disk that it goes to may be full.
int checkPrinted(int exitCode) {
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0)
        return exitCode;
    fmt::print(stderr, "headroom: cannot write to standard output: {}\n",
               std::system_category().message(errno));
    return exitCode == 0 ? 1 : exitCode;
}

} // namespace

int main(int argc, char** argv) {
    headroom::waitAsleep(argv);
    headroom::keepFreedPages();
    try {
        return checkPrinted(run(argc, argv));
    } catch (const headroom::Error& error) {
        fmt::print(stderr, "headroom: {}\n", error.message());
        return error.kind() == headroom::ErrorKind::Input ? 2 : 1;
    } catch (const std::system_error& error) {
        fmt::print(stderr, "headroom: {}\n", error.what());
        return 1;
    } catch (const std::exception& error) {
        fmt::print(stderr, "headroom: internal error: {}\n", error.what());
        return 1;
    }
}
