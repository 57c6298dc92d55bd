// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/train/run_state_json.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

/// Untrusted run states: any input is parsed or rejected with an Error. Writing and reading a state again
/// gives the same text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const headroom::ResumeState state =
            headroom::runStateFromJson(std::string(reinterpret_cast<const char*>(data), size));
        const std::string text = headroom::runStateToJson(state);
        if (headroom::runStateToJson(headroom::runStateFromJson(text)) != text)
            std::abort();
    } catch (const headroom::Error&) { // rejected
    }
    return 0;
}
