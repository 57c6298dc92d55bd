// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/stem_reader.h"

#include <algorithm>

namespace headroom {
namespace {

std::int64_t decodedBytes(const std::vector<Song>& songs, const AudioFormat& format, bool withMixtures) {
    std::int64_t samples = 0;
    for (const Song& song : songs)
        samples += static_cast<std::int64_t>(song.stems.size() + (withMixtures ? 1 : 0)) * song.frames *
                   format.channels;
    return samples * static_cast<std::int64_t>(sizeof(float));
}

} // namespace

StemReader::StemReader(const std::vector<Song>& songs, const AudioFormat& format, std::int64_t memoryLimit,
                       bool readsMixtures)
    : format_(format), keepsDecoded_(decodedBytes(songs, format, readsMixtures) <= memoryLimit) {}

AudioBuffer StemReader::read(const Song& song, const std::string& stem, std::int64_t first,
                             std::int64_t frames) const {
    if (!keepsDecoded_)
        return readStem(song, stem, format_, first, frames);
    const auto whole = decoded(song, stem);
    AudioBuffer audio(format_.channels, frames);
    const std::int64_t count = std::clamp<std::int64_t>(whole->frames() - first, 0, frames);
    for (int c = 0; c < format_.channels && count > 0; ++c)
        std::ranges::copy(whole->channel(c).subspan(first, count), audio.channel(c).begin());
    return audio;
}

std::shared_ptr<const AudioBuffer> StemReader::decoded(const Song& song, const std::string& stem) const {
    const std::filesystem::path key = song.folder / stem;
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = decoded_.find(key); found != decoded_.end())
            return found->second;
    }
    // Decode without the lock. If two threads decode the same stem, the first result is kept.
    auto whole = std::make_shared<const AudioBuffer>(readStem(song, stem, format_));
    const std::lock_guard lock(mutex_);
    return decoded_.emplace(key, std::move(whole)).first->second;
}

} // namespace headroom
