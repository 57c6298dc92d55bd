// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/data/song_library.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace headroom::test {

/// A song without files, for tests that only plan.
inline Song song(const std::string& name, std::int64_t frames, const std::vector<std::string>& stems) {
    Song result;
    result.name = name;
    result.folder = name;
    result.frames = frames;
    for (const std::string& stem : stems)
        result.stems.push_back({stem, {{std::filesystem::path(name) / stem, {}}}});
    return result;
}

} // namespace headroom::test
