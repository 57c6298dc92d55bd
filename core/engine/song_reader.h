// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_reader.h"
#include "core/audio/resampler.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace headroom {

/// Reads an audio file sequentially as stereo, resampled. Not thread-safe.
class SongReader {
public:
    /// Throws Error (Input) as AudioReader does, and for files with more than two channels.
    /// @param sampleRate Hz; 0: that of the file
    SongReader(const std::filesystem::path& path, int sampleRate);

    int sampleRate() const { return sampleRate_; }
    std::int64_t frames() const; ///< length at sampleRate()
    /// "path: its header has no length; ..."; usually empty. See AudioInfo::notice.
    std::string notice() const;

    /// The next frames, interleaved; silence after the end. Throws Error (Input).
    std::vector<float> read(std::int64_t frames);

private:
    void fill(std::int64_t frames);

    std::filesystem::path path_;
    AudioReader reader_;
    int sampleRate_;
    std::unique_ptr<Resampler> resampler_;
    std::vector<float> ready_; ///< decoded but not yet returned, interleaved
};

} // namespace headroom
