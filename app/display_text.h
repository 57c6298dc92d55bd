// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

/// Makes text from outside (names of files, songs and runs, messages of libraries) safe for a terminal.
namespace headroom::app {

/// The text on one line. Replaces control characters, marks that change the direction of writing, and bytes
/// that are not UTF-8 with '?'.
std::string printable(std::string_view text);

/// Like printable(), but keeps line feeds.
std::string printableLines(std::string_view text);

/// Equivalent JSON with those characters escaped, as in \u001b. Keeps line feeds.
std::string printableJson(std::string_view json);

/// Number of terminal columns that a printable text occupies.
std::size_t displayWidth(std::string_view text);

} // namespace headroom::app
