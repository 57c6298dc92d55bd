// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Untrusted memory snapshots of PyTorch.
#include "core/snapshot/snapshot_reader.h"
#include "tests/fuzz/require_message.h"

#include <cstdint>
#include <cstdlib>
#include <span>

using namespace headroom;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        for (const RecordedMemory& recorded :
             readSnapshot(std::as_bytes(std::span(data, size)), "snapshot.pickle")) {
            if (recorded.stackOf.size() != recorded.stream.blocks.size())
                std::abort();
            for (const std::int32_t stack : recorded.stackOf) {
                if (recorded.stacks->at(static_cast<std::size_t>(stack)).empty())
                    std::abort();
            }
            std::int64_t live = 0;
            for (const std::int32_t event : recorded.stream.events) {
                const std::size_t number = static_cast<std::size_t>(event < 0 ? ~event : event);
                live += (event < 0 ? -1 : 1) * recorded.stream.blocks.at(number).bytes;
                if (live < 0)
                    std::abort();
            }
        }
    } catch (const Error& error) {
        fuzz::requireMessage(error);
    }
    return 0;
}
