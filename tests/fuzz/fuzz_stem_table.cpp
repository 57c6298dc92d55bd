// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Tables of audio files. Any input is read or rejected with a message; files that are read exist.
#include "core/data/stem_table.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/require_message.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>

using namespace headroom;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static fuzz::MemoryFile file;
    file.set({data, size});
    try {
        for (const SongFolder& song : songsOfStemTable(file.path(), Split::Train)) {
            for (const StemPaths& stem : song.stems) {
                if (stem.stem.empty() || stem.files.size() != 1 ||
                    !std::filesystem::is_regular_file(stem.files.front()))
                    std::abort();
            }
        }
    } catch (const Error& error) {
        fuzz::requireMessage(error);
    }
    return 0;
}
