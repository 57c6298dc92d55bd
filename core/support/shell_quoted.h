// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

namespace headroom {

/// The text as one word of a shell command; the shell passes exactly these bytes. Plain words need no quotes,
/// other printable text gets single quotes. Control characters and bytes that are not UTF-8 are escaped in
/// $'...', which bash, zsh and ksh read.
std::string shellQuoted(std::string_view text);

} // namespace headroom
