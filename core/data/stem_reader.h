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

/// Reads stretches of stems over and over. Where all stems of the songs together, decoded, take no more than
/// `memoryLimit` bytes, each is decoded once, when it is first needed, and kept; otherwise every stretch is
/// read from its file. Which of the two depends on the songs alone. Any thread, several at a time.
class StemReader {
public:
    static constexpr std::int64_t defaultMemoryLimit = std::int64_t{512} << 20;

    StemReader(const std::vector<Song>& songs, const AudioFormat& form,
               std::int64_t memoryLimit = defaultMemoryLimit);

    /// As readStem.
    AudioBuffer read(const Song& song, const std::string& stem, std::int64_t first,
                     std::int64_t frames) const;

private:
    std::shared_ptr<const AudioBuffer> decoded(const Song& song, const std::string& stem) const;

    AudioFormat form_;
    bool keepsDecoded_;
    mutable std::mutex mutex_; // guards decoded_
    mutable std::map<std::filesystem::path, std::shared_ptr<const AudioBuffer>> decoded_;
};

} // namespace headroom
