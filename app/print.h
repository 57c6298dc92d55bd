// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <fmt/format.h>

#include <stop_token>
#include <string_view>

/// Everything the programs print goes through these functions. They do not throw or buffer, and make the text
/// printable first, so that a name from outside cannot send escape sequences to the terminal.
///
/// Standard error is for progress and messages: text that cannot be written is dropped. Standard output is
/// for results: the first write error is kept for the exit code. Any thread.
namespace headroom::app {

/// Call first in main. Reopens standard input, output and error if the parent process closed them, so that no
/// other file gets their descriptors, and ignores SIGPIPE.
void prepareStandardStreams() noexcept;

void printValues(fmt::string_view format, fmt::format_args arguments) noexcept;
void printErrorValues(fmt::string_view format, fmt::format_args arguments) noexcept;

/// Prints to standard output.
template <typename... Values>
void print(fmt::format_string<Values...> format, Values&&... values) noexcept {
    printValues(format, fmt::make_format_args(values...));
}

/// Prints to standard error.
template <typename... Values>
void printError(fmt::format_string<Values...> format, Values&&... values) noexcept {
    printErrorValues(format, fmt::make_format_args(values...));
}

/// Prints a line of JSON to standard output.
void printJson(std::string_view json) noexcept;

/// Writes bytes to standard error unchanged.
void writeError(std::string_view bytes) noexcept;

/// While the reader of standard output does not read, printing blocks, but only until `stop` is requested.
/// Call before there is a second thread.
void waitForReaderUntil(std::stop_token stop);

/// errno of the first write to standard output that failed; 0 if none did.
int outputError() noexcept;

} // namespace headroom::app
