// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulate/library_workspaces.h"

namespace headroom {

std::int64_t blasWorkspace(const Card& card) {
    constexpr std::int64_t kib = 1024;
    constexpr std::int64_t ofHopper = 32 * kib * kib;
    constexpr std::int64_t ofOthers = 2 * (4096 * kib) + 8 * (16 * kib);
    return card.computeMajor == 9 ? ofHopper : ofOthers;
}

} // namespace headroom
