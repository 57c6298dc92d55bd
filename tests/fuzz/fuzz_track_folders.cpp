// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Lists of tracks of MoisesDB. Any input is read, rejected with a message, or of another kind; names of
/// files that are read stay in the song folder, each once.
#include "core/data/track_folders.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/require_message.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>

using namespace headroom;

namespace {

bool isFileName(const std::string& name) {
    const std::filesystem::path path(name);
    return !name.empty() && path == path.filename() && name != "." && name != ".." &&
           name.find('\0') == std::string::npos;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static fuzz::MemoryFile file;
    file.set({data, size});
    try {
        const auto lists = readTrackLists(file.path());
        if (!lists)
            return 0;
        std::set<std::string> stems;
        for (const TrackList& list : *lists) {
            if (!isFileName(list.stem) || !stems.insert(list.stem).second || list.files.empty())
                std::abort();
            std::set<std::string> files;
            for (const std::string& name : list.files) {
                if (!isFileName(name) || !files.insert(name).second)
                    std::abort();
            }
        }
    } catch (const Error& error) {
        fuzz::requireMessage(error);
    }
    return 0;
}
