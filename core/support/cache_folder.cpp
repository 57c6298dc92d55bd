// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/cache_folder.h"

#include <cstdlib>

namespace headroom {

std::filesystem::path cacheFolder() {
    const auto absolute = [](const char* variable) {
        const char* value = std::getenv(variable);
        const std::filesystem::path path = value == nullptr ? "" : value;
        return path.is_absolute() ? path : std::filesystem::path();
    };
    if (const auto cache = absolute("XDG_CACHE_HOME"); !cache.empty())
        return cache / "headroom";
    const auto home = absolute("HOME");
    return home.empty() ? home : home / ".cache" / "headroom";
}

} // namespace headroom
