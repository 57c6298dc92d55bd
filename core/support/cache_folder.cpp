// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/cache_folder.h"

#include "core/support/xdg_folder.h"

namespace headroom {

std::filesystem::path cacheFolder() {
    return xdgFolder("XDG_CACHE_HOME", ".cache");
}

} // namespace headroom
