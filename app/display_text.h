#pragma once

#include <string>
#include <string_view>

/// Text from outside (names of files, songs and runs, messages of libraries) as it may be sent to a terminal.
namespace headroom::app {

/// The text in one line: control characters, marks that turn the direction of writing, and bytes that are not
/// UTF-8 become '?'.
std::string printable(std::string_view text);

/// The same, keeping line feeds.
std::string printableLines(std::string_view text);

/// JSON that means the same, with those characters escaped as \\u001b.
std::string printableJson(std::string_view json);

/// One word for the shell (bash, zsh, ksh), which gets exactly these bytes.
std::string shellQuoted(std::string_view text);

/// Terminal columns that a printable text takes.
std::size_t displayWidth(std::string_view text);

} // namespace headroom::app
