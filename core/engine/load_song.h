#pragma once

#include "core/values/listening.h"

#include <cstdint>
#include <functional>
#include <stop_token>

namespace headroom {

/// Decodes a song, all its sounds side by side, so that one can listen from the first blocks on. Says
/// SongOpened, SongPart after SongPart, and SongLoaded; ends without a word where a stop was requested. Where
/// lengths differ the shortest file counts. Throws Error (Input).
/// @param sampleRate of all sounds in Hz; 0: that of the song's first file
void loadSong(std::uint64_t number, const SongAudio& song, int sampleRate, const std::stop_token& stop,
              const std::function<void(const SongEvent&)>& sink);

} // namespace headroom
