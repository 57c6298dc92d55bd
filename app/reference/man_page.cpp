// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reference/man_page.h"

#include "core/support/version.h"

#include <fmt/format.h>

namespace headroom::app {
namespace {

/// Text as roff prints it: a hyphen stays one, and no line is a request.
std::string roff(const std::string& text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '\\')
            escaped += "\\e";
        else if (c == '-')
            escaped += "\\-";
        else if ((c == '.' || c == '\'') && (escaped.empty() || escaped.back() == '\n'))
            escaped += std::string("\\&") + c;
        else
            escaped += c;
    }
    return escaped;
}

std::string heading(const std::string& name, const std::string& about) {
    return fmt::format(".TH {} 1 \"\" \"Headroom {}\" \"User Commands\"\n.SH NAME\n{} \\- {}\n", name,
                       version(), roff(name), roff(about));
}

std::string tag(const OptionEntry& option) {
    std::string names;
    for (const std::string& name : option.names)
        names += (names.empty() ? "" : ", ") + fmt::format("\\fB{}\\fR", roff(name));
    const std::string argument =
        option.argument.empty() ? "" : fmt::format("\\fI{}\\fR", roff(option.argument));
    return names + (names.empty() || argument.empty() ? "" : " ") + argument + (option.repeats ? " ..." : "");
}

std::string options(const CommandEntry& command) {
    std::string text;
    for (const OptionEntry& option : command.options) {
        text += ".TP\n" + tag(option) + '\n' + roff(option.description);
        if (!option.choices.empty())
            text += roff(fmt::format(" (one of {})", fmt::join(option.choices, ", ")));
        if (!option.defaultValue.empty())
            text += roff(fmt::format(" (default: {})", option.defaultValue));
        text += '\n';
    }
    return text;
}

/// "headroom demo [options] folder"
std::string synopsis(const CommandEntry& command) {
    std::string text = fmt::format(".B headroom {}\n[options]", roff(command.name));
    for (const OptionEntry& option : command.options) {
        if (option.isPositional() || option.required)
            text += ' ' + tag(option);
    }
    return text + '\n';
}

const char* const studioFiles = R"(.SH FILES
.TP
.I ~/.config/headroom
Preferences.
.TP
.I ~/.local/share/headroom/runs
New runs.
.TP
.I ~/.local/share/headroom/models
The model shelf: weights that are offered for separation.
.TP
.I ~/.cache/headroom
LibTorch, calibrations, compiled kernels, logs.
)";

} // namespace

std::string manPage(const CommandTable& table) {
    std::string text = heading("headroom", "train music separation on the card that you have");
    text += ".SH SYNOPSIS\n.B headroom\n.I command\n[options]\n.SH DESCRIPTION\n" +
            roff(table.program.description) + "\n.SH OPTIONS\n" + options(table.program) + ".SH COMMANDS\n";
    for (const CommandEntry& command : table.commands) {
        text += fmt::format(".SS {}\n{}.PP\n{}.\n{}", roff(command.name), synopsis(command),
                            roff(command.description), options(command));
        if (!command.footer.empty())
            text += ".PP\n" + roff(command.footer) + '\n';
    }
    text += R"(.SH EXIT STATUS
0 for success, 1 for a failure, 2 for wrong input, 130 if stopped.
.SH ENVIRONMENT
.TP
.B HEADROOM_LIBTORCH
Folder with LibTorch 2.11, which contains lib and include. Default: the one that
.B headroom setup
installed.
.TP
.B PIP_INDEX_URL
Package index for
.BR "headroom setup" .
)";
    text += studioFiles;
    return text + ".SH SEE ALSO\n.BR headroom\\-studio (1)\n";
}

std::string studioManPage(const std::string& help) {
    return heading("headroom-studio", "window of Headroom, which trains music separation") +
           ".SH SYNOPSIS\n.B headroom\\-studio\n[options] [what...]\n.SH DESCRIPTION\n.nf\n" + roff(help) +
           ".fi\n" + studioFiles + ".SH SEE ALSO\n.BR headroom (1)\n";
}

} // namespace headroom::app
