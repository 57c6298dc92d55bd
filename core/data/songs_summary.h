// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/data/song_library.h"

#include <string>
#include <vector>

namespace headroom {

/// Number and hash of songs: "120 songs (9f86d081884c7d65)". The hash depends on the names, lengths and stems
/// of the songs and on their order, as do the examples that are drawn from them, but not on their folders.
std::string songsSummary(const std::vector<Song>& songs);

} // namespace headroom
