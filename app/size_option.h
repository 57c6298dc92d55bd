// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>

namespace headroom::app {

/// Sizes that an option accepts, bytes.
struct SizeRange {
    std::int64_t min = 0;
    std::int64_t max = std::int64_t{1} << 50;
};

/// Adds an option for an amount of memory, in the syntax of parseBytes(); number and unit may be two
/// arguments. Parsing throws Error (Input) for a size out of range, or a small number without a unit, and the
/// message shows how the text was read.
CLI::Option* addSizeOption(CLI::App& command, const std::string& name, std::int64_t& bytes,
                           const std::string& description, const SizeRange& range = {});

} // namespace headroom::app
