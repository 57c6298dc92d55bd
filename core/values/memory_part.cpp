// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/memory_part.h"

namespace headroom {

const char* memoryPartName(MemoryPart part) {
    static constexpr std::array<const char*, memoryParts> names = {
        "workspaces", "parameters",        "ema",        "gradients", "optimizer_state",
        "batch",      "saved_activations", "temporaries"};
    return names[static_cast<std::size_t>(part)];
}

} // namespace headroom
