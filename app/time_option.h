// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <CLI/CLI.hpp>

#include <optional>
#include <string>

namespace headroom::app {

/// Adds an option for a position in a song: seconds, minutes:seconds or hours:minutes:seconds, such as 95.5,
/// 1:35.5 or 1:02:03. Parsing throws Error (Input) for anything else.
CLI::Option* addTimeOption(CLI::App& command, const std::string& name, std::optional<double>& seconds,
                           const std::string& description);

} // namespace headroom::app
