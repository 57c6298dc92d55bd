// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/data_roots.h"

#include "core/data/library_notices.h"
#include "core/support/error.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>

namespace headroom {
namespace {

/// Songs would be used twice.
void requireDifferentRoots(const std::string& root, const std::vector<std::string>& moreRoots) {
    std::vector<std::string> roots = {root};
    for (const std::string& more : moreRoots) {
        const bool isKnown = std::ranges::any_of(roots, [&](const std::string& other) {
            std::error_code error;
            return std::filesystem::equivalent(more, other, error);
        });
        if (isKnown)
            throw Error(ErrorKind::Input, "the data set is named twice", more,
                        "Remove it from data.more_roots.");
        roots.push_back(more);
    }
}

} // namespace

SongFolders findAllSongFolders(const std::string& root, const std::vector<std::string>& moreRoots,
                               std::vector<std::string>& unused) {
    requireDifferentRoots(root, moreRoots);
    SongFolders all = findSongFolders(root);
    std::ranges::move(unusedTexts(all, root), std::back_inserter(unused));
    for (const std::string& another : moreRoots) {
        SongFolders more = findSongFolders(another);
        std::ranges::move(unusedTexts(more, another), std::back_inserter(unused));
        std::ranges::move(more.songs, std::back_inserter(all.songs));
    }
    if (!moreRoots.empty())
        std::ranges::stable_sort(all.songs, {}, &SongFolder::name);
    return all;
}

} // namespace headroom
