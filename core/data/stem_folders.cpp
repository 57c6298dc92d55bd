// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/stem_folders.h"

#include "core/data/folder_entries.h"
#include "core/data/stem_names.h"
#include "core/support/lower_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace headroom {
namespace {

namespace fs = std::filesystem;

/// Returns a predicate that recognizes numbered files, such as strings_1.wav in the folder strings.
std::function<bool(const fs::path&)> isNumbered(const std::string& folder) {
    return [prefix = lowerCase(folder) + "_"](const fs::path& file) {
        const std::string name = lowerCase(file.stem().string());
        return name.starts_with(prefix) &&
               name.find_first_not_of("0123456789", prefix.size()) == std::string::npos;
    };
}

} // namespace

bool areNamedLikeStems(const std::vector<fs::path>& files) {
    return std::ranges::any_of(files, [](const fs::path& file) {
        return isCommonStem(file.stem().string()) || stemName(file) == mixtureName;
    });
}

std::vector<std::string> namedStemFolders(const fs::path& folder) {
    std::vector<std::string> named;
    std::size_t songs = 0;
    for (const fs::path& inside : foldersIn(folder)) {
        const auto files = filesIn(inside);
        if (std::ranges::none_of(files, isStemFile))
            continue;
        ++songs;
        const std::string name = inside.filename().string();
        if (!areNamedLikeStems(files) && (isCommonStem(name) || std::ranges::all_of(files, isNumbered(name))))
            named.push_back(name);
    }
    if (named.size() < 2 || 2 * named.size() < songs)
        named.clear();
    return named;
}

bool holdsStemsAsFolders(const fs::path& folder) {
    return std::ranges::any_of(foldersIn(folder), [](const fs::path& inside) {
        const auto files = filesIn(inside);
        return isCommonStem(inside.filename().string()) && std::ranges::any_of(files, isStemFile) &&
               !areNamedLikeStems(files);
    });
}

SongFolders songsOfStemFolders(const fs::path& folder, Split split) {
    SongFolders found;
    std::map<std::string, SongFolder> songs;
    const auto song = [&](const fs::path& file) -> SongFolder& {
        const std::string name = file.stem().string();
        return songs.try_emplace(name, SongFolder{name, split, folder / name, DatasetLayout::StemFolders})
            .first->second;
    };
    for (const fs::path& stem : foldersIn(folder)) {
        if (areNamedLikeStems(filesIn(stem))) {
            found.unused.push_back({"is a song folder, but the folders next to it are stems", stem});
            continue;
        }
        const std::string name = lowerCase(stem.filename().string());
        for (const fs::directory_entry& entry : entriesOf(stem)) {
            const fs::path& file = entry.path();
            if (isStemFile(file))
                song(file).stems.push_back({name, {file}});
            else if (unsupportedFormat(file))
                song(file).unread.push_back({name, file, unsupportedReason()});
            else if (hasStemFiles(file))
                found.unused.push_back({"is in a folder of a stem, where only files are read", file});
        }
    }
    for (auto& [name, one] : songs) {
        std::ranges::sort(one.stems, {},
                          [](const StemPaths& stem) { return std::pair(stem.stem, stem.files); });
        if (!one.stems.empty())
            found.songs.push_back(std::move(one));
        else
            found.unused.push_back({fmt::format("is {} audio, but {}",
                                                *unsupportedFormat(one.unread.front().path), requiredFormats),
                                    one.unread.front().path});
    }
    return found;
}

} // namespace headroom
