#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>

namespace headroom::app {

/// Sizes that an option takes, bytes.
struct SizeRange {
    std::int64_t least = 0;
    std::int64_t most = std::int64_t{1} << 50;
};

/// Adds an option for an amount of memory, written as parseBytes() reads it; number and unit may be two
/// words. What cannot be meant is refused, and what was understood is named.
CLI::Option* addSizeOption(CLI::App& command, const std::string& name, std::int64_t& bytes,
                           const std::string& description, const SizeRange& range = {});

} // namespace headroom::app
