// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Untrusted configurations: from files, metadata of weights, run folders and --set. Any input is parsed or
/// rejected with a message. A parsed configuration survives writing and reading.
#include "core/config/config_check.h"
#include "core/config/config_file.h"
#include "tests/fuzz/require_message.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace headroom;

namespace {

/// Does not check whether the values are consistent.
bool survivesWriting(const RunConfig& config) {
    ConfigPlaces places;
    return parseConfig(dumpConfig(config), "dumped.yaml", &places) == config;
}

void readFile(std::string_view text) {
    try {
        ConfigPlaces places;
        const RunConfig config = parseConfig(text, "fuzz.yaml", &places);
        if (!survivesWriting(config))
            std::abort();
        checkConfig(config, places);
    } catch (const Error& error) {
        fuzz::requireMessage(error);
    }
}

void readAssignment(std::string_view text) {
    RunConfig config;
    try {
        applyOverride(config, text);
        if (!survivesWriting(config))
            std::abort();
    } catch (const Error& error) {
        fuzz::requireMessage(error);
        if (config != RunConfig{})
            std::abort(); // rejected, but changed
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    readFile(text);
    readAssignment(text);
    return 0;
}
