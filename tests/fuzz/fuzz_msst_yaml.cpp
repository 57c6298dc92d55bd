// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Untrusted configurations of other programs. Any input is converted or rejected with a message. What MSST
/// can express of a converted configuration survives writing and reading.
#include "core/interop/msst_writer.h"
#include "core/interop/open_config.h"
#include "tests/fuzz/require_message.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace headroom;

namespace {

/// Refuses what MSST's classes cannot compute, although its files can express it.
void write(const RunConfig& config) {
    try {
        const MsstText text = writeMsst(config);
        readConfig(text.yaml, "written.yaml");
    } catch (const Error& error) {
        fuzz::requireMessage(error);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        const OpenedConfig opened = readConfig(text, "fuzz.yaml");
        if (opened.conversion) {
            if (conversionReport(*opened.conversion, "fuzz.yaml").empty() ||
                opened.notice("fuzz.yaml").empty())
                std::abort();
            write(opened.config);
        }
    } catch (const Error& error) {
        fuzz::requireMessage(error);
    }
    return 0;
}
