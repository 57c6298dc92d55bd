// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/data/song_library.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace headroom {

/// Reads ranges of stems. If the decoded stems of all songs take at most `memoryLimit` bytes, each stem is
/// decoded on first use and cached; otherwise every read decodes from the file. Thread-safe.
class StemReader {
public:
    static constexpr std::int64_t defaultMemoryLimit = std::int64_t{512} << 20;

    /// @param readsMixtures whether mixtures are read too
    StemReader(const std::vector<Song>& songs, const AudioFormat& format,
               std::int64_t memoryLimit = defaultMemoryLimit, bool readsMixtures = false);

    /// See readStem.
    AudioBuffer read(const Song& song, const std::string& stem, std::int64_t first,
                     std::int64_t frames) const;

private:
    std::shared_ptr<const AudioBuffer> decoded(const Song& song, const std::string& stem) const;

    AudioFormat format_;
    bool keepsDecoded_;
    mutable std::mutex mutex_; // guards decoded_
    mutable std::map<std::filesystem::path, std::shared_ptr<const AudioBuffer>> decoded_;
};

} // namespace headroom
