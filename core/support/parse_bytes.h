// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string_view>

namespace headroom {

struct ByteAmount {
    double bytes = 0;     ///< 0 or more, finite
    bool hasUnit = false; ///< false for a plain number of bytes, which is probably a mistake
};

/// Parses an amount of memory: "7.5GiB", "8 GB", "8192MiB", "7,5 G", or a number of bytes. Units with an "i"
/// and single letters are powers of 1024; KB, MB, GB and TB are powers of 1000. Returns nothing for any other
/// text, also for a comma before exactly three digits, which could be a thousands separator.
std::optional<ByteAmount> parseBytes(std::string_view text);

} // namespace headroom
