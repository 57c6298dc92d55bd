// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/listening.h"

#include <cstdint>
#include <functional>
#include <stop_token>

namespace headroom {

/// Decodes all files of a song in parallel blocks, so that playback can start after the first ones, and sums
/// those of a stem. Emits SongOpened, any number of SongPart, and SongLoaded; after a stop request returns
/// without SongLoaded. A stem is as long as its longest file; trims all stems to the shortest. Throws Error
/// (Input).
/// @param sampleRate of the emitted audio, Hz; 0: that of the song's first file
void loadSong(std::uint64_t number, const SongAudio& song, int sampleRate, const std::stop_token& stop,
              const std::function<void(const SongEvent&)>& sink);

} // namespace headroom
