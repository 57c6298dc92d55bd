// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/xdg_folder.h"

#include <cstdlib>

namespace headroom {

std::filesystem::path xdgFolder(const char* variable, const char* subfolder) {
    const auto absolute = [](const char* name) {
        const char* value = std::getenv(name);
        const std::filesystem::path path = value == nullptr ? "" : value;
        return path.is_absolute() ? path : std::filesystem::path();
    };
    if (const auto base = absolute(variable); !base.empty())
        return base / "headroom";
    const auto home = absolute("HOME");
    return home.empty() ? home : home / subfolder / "headroom";
}

} // namespace headroom
