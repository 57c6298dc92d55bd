// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/songs_summary.h"

#include <fmt/format.h>
#include <xxhash.h>

namespace headroom {

std::string songsSummary(const std::vector<Song>& songs) {
    std::string text;
    const auto add = [&](const std::string& part) { text += fmt::format("{}:{};", part.size(), part); };
    for (const Song& song : songs) {
        add(song.name);
        text += fmt::format("{} {} {};", song.frames, song.isComplete, song.mixture.has_value());
        for (const SongStem& stem : song.stems) {
            add(stem.stem);
            text += fmt::format("{};", stem.files.size());
        }
        text += '\n';
    }
    return fmt::format("{} song{} ({:016x})", songs.size(), songs.size() == 1 ? "" : "s",
                       XXH3_64bits(text.data(), text.size()));
}

} // namespace headroom
