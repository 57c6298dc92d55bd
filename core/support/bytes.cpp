// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/bytes.h"

#include <fmt/format.h>

namespace headroom {

std::string formatBytes(std::uint64_t bytes) {
    constexpr double kibi = 1024;
    const auto amount = static_cast<double>(bytes);
    if (bytes >= bytesPerGiB / 10)
        return fmt::format("{:.1f} GiB", amount / (kibi * kibi * kibi));
    if (amount >= kibi * kibi)
        return fmt::format("{:.0f} MiB", amount / (kibi * kibi));
    if (amount >= kibi)
        return fmt::format("{:.0f} KiB", amount / kibi);
    return fmt::format("{} B", bytes);
}

} // namespace headroom
