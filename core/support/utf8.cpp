// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/utf8.h"

#include <utf8proc.h>

namespace headroom {

Utf8Character decodeUtf8(std::string_view text) {
    utf8proc_int32_t code = -1;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &code);
    if (length <= 0)
        return {};
    return {static_cast<char32_t>(code), static_cast<std::size_t>(length), true};
}

int columnsOf(char32_t code) {
    return utf8proc_charwidth(static_cast<utf8proc_int32_t>(code));
}

bool isControlCharacter(char32_t code) {
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x202a && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

} // namespace headroom
