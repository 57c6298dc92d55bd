// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/safe_file_name.h"

#include <algorithm>

namespace headroom {

std::string safeFileName(std::string name) {
    constexpr unsigned char deletion = 0x7F;
    std::ranges::replace_if(
        name,
        [](unsigned char byte) { return byte == '/' || byte == '\\' || byte < ' ' || byte == deletion; },
        '_');
    const std::size_t visible = std::min(name.find_first_not_of('.'), name.size());
    std::fill_n(name.begin(), visible, '_');
    return name.empty() ? "_" : name;
}

} // namespace headroom
