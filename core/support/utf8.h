// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string_view>

/// Decoding of UTF-8 text.
namespace headroom {

struct Utf8Character {
    char32_t code = 0;
    std::size_t bytes = 1; ///< 1 where the text is not valid, so that decoding can continue after it
    bool valid = false;
};

/// Decodes the first character of a text that is not empty. Overlong sequences, surrogates and code points
/// above U+10FFFF are not valid.
Utf8Character decodeUtf8(std::string_view text);

/// Columns that a terminal draws this character in: 0 for combining marks, 2 for wide ones such as Hangul.
int columnsOf(char32_t code);

/// Whether a terminal may obey this character instead of showing it: the control characters (C0, DEL, C1),
/// and the marks that change the direction of writing, which would also apply to the rest of the line.
bool isControlCharacter(char32_t code);

} // namespace headroom
