#pragma once

#include <fmt/format.h>

#include <stop_token>
#include <string_view>

/// All that the programs print goes through here. Nothing here throws, and nothing is buffered. What is
/// printed is made printable first: no name from outside reaches the terminal as a command.
///
/// Standard error tells about the work: what nobody reads there is dropped, and the work goes on. Standard
/// output is the result: the first failure is kept, for the exit code. Any thread.
namespace headroom::app {

/// To be called first in main: opens what the caller closed of standard input, output and error, so that no
/// file of the program becomes one of them, and ignores SIGPIPE.
void prepareStandardStreams() noexcept;

void printValues(fmt::string_view format, fmt::format_args arguments) noexcept;
void printErrorValues(fmt::string_view format, fmt::format_args arguments) noexcept;

/// Prints on standard output.
template <typename... Values>
void print(fmt::format_string<Values...> format, Values&&... values) noexcept {
    printValues(format, fmt::make_format_args(values...));
}

/// Prints on standard error.
template <typename... Values>
void printError(fmt::format_string<Values...> format, Values&&... values) noexcept {
    printErrorValues(format, fmt::make_format_args(values...));
}

/// Prints a line of JSON on standard output.
void printJson(std::string_view json) noexcept;

/// Sends bytes to standard error as they are.
void writeError(std::string_view bytes) noexcept;

/// A reader of standard output that stops reading makes the program wait, at most until this stop is
/// requested. To be called before there is a second thread.
void waitForReaderUntil(std::stop_token stop);

/// errno of the first write to standard output that failed; 0: all was written.
int outputError() noexcept;

} // namespace headroom::app
