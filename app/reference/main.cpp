// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/all_commands.h"
#include "app/print.h"
#include "app/reference/completions.h"
#include "app/reference/man_page.h"

#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace {

using namespace headroom::app;

void writeText(const std::filesystem::path& file, const std::string& text) {
    std::ofstream stream(file, std::ios::binary);
    if (!(stream << text << std::flush))
        throw std::runtime_error("cannot write " + file.string());
}

std::string readText(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const std::filesystem::path& folder, const char* studioHelp) {
    Interrupt interrupt;
    Context context{interrupt};
    CLI::App program;
    bool verbose = false;
    addAllCommands(program, context, verbose);
    const CommandTable table = commandTable(program);
    writeText(folder / "headroom.1", manPage(table));
    writeText(folder / "headroom.bash", bashCompletion(table));
    writeText(folder / "_headroom", zshCompletion(table));
    writeText(folder / "headroom.fish", fishCompletion(table));
    if (studioHelp != nullptr)
        writeText(folder / "headroom-studio.1", studioManPage(readText(studioHelp)));
}

} // namespace

/// Writes manual pages and completions, generated from the command line's own tables, when packages are
/// built: headroom-reference FOLDER [FILE], where FILE has the output of `headroom-studio --help`.
int main(int argc, char** argv) {
    try {
        if (argc < 2)
            throw std::runtime_error("usage: headroom-reference FOLDER [FILE]");
        write(argv[1], argc > 2 ? argv[2] : nullptr);
        return 0;
    } catch (const std::exception& error) {
        printError("headroom-reference: {}\n", error.what());
        return 1;
    }
}
