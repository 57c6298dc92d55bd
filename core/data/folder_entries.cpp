// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/folder_entries.h"

#include "core/data/stem_names.h"
#include "core/support/system_error.h"

#include <algorithm>
#include <system_error>

namespace headroom {
namespace {

namespace fs = std::filesystem;

std::vector<fs::directory_entry> readEntries(const fs::path& folder, std::error_code& error) {
    std::vector<fs::directory_entry> entries;
    for (fs::directory_iterator it(folder, error); !error && it != fs::directory_iterator();
         it.increment(error)) {
        if (!it->path().filename().string().starts_with('.'))
            entries.push_back(*it);
    }
    std::ranges::sort(entries, {}, [](const fs::directory_entry& entry) { return entry.path().string(); });
    return entries;
}

std::vector<fs::path> pathsIn(const fs::path& folder, bool folders) {
    std::error_code error;
    std::vector<fs::path> paths;
    for (const fs::directory_entry& entry : readEntries(folder, error)) {
        std::error_code unknown;
        if (entry.is_directory(unknown) == folders)
            paths.push_back(entry.path());
    }
    return paths;
}

} // namespace

std::vector<fs::directory_entry> entriesOf(const fs::path& folder) {
    std::error_code error;
    auto entries = readEntries(folder, error);
    if (error)
        throw openError("cannot read the folder", folder, error.value());
    return entries;
}

std::vector<fs::path> foldersIn(const fs::path& folder) {
    return pathsIn(folder, true);
}

std::vector<fs::path> filesIn(const fs::path& folder) {
    return pathsIn(folder, false);
}

bool hasStemFiles(const fs::path& folder) {
    return std::ranges::any_of(filesIn(folder), isStemFile);
}

} // namespace headroom
