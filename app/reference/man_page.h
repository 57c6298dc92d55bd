// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reference/command_table.h"

#include <string>

namespace headroom::app {

/// headroom(1), in the format of man.
std::string manPage(const CommandTable& table);

/// headroom-studio(1).
/// @param help what `headroom-studio --help` prints
std::string studioManPage(const std::string& help);

} // namespace headroom::app
