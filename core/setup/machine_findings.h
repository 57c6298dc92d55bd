// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/setup/machine.h"

#include <string>
#include <vector>

namespace headroom {

/// One thing that was checked.
struct MachineFinding {
    enum class Level {
        Good,
        Note,    ///< Headroom works, with less than it could
        Problem, ///< something essential is missing that can be fixed
    };
    Level level = Level::Good;
    std::string subject = {}; ///< "LibTorch", "card cuda:0"
    std::string text = {};
    std::string remedy = {}; ///< a sentence, with a command if one helps
};

/// "ok", "note" or "problem".
const char* levelName(MachineFinding::Level level);

/// What was found and what is missing, in the order in which a user should fix it.
std::vector<MachineFinding> machineFindings(const Machine& machine);

/// One line of JSON: ok, headroom, libtorch, driver, cards, allocator, cpu, memory, disks, sound, findings.
std::string machineJson(const Machine& machine);

} // namespace headroom
