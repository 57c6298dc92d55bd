#pragma once

#include "core/audio/audio_reader.h"
#include "core/audio/resampler.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace headroom {

/// A sound file read in order, as stereo sound of a given rate. One thread.
class SongReader {
public:
    /// @param sampleRate Hz; 0: the file's own. Throws Error (Input) as AudioReader does, and for files of
    ///                   more than two channels.
    SongReader(const std::filesystem::path& path, int sampleRate);

    int sampleRate() const { return sampleRate_; }
    std::int64_t frames() const; ///< in all, at sampleRate()

    /// The next frames, left and right by turns; silence behind the end. Throws Error (Input).
    std::vector<float> read(std::int64_t frames);

private:
    void fill(std::int64_t frames);

    std::filesystem::path path_;
    AudioReader reader_;
    int sampleRate_;
    std::unique_ptr<Resampler> resampler_;
    std::vector<float> ready_; ///< decoded, not yet given
};

} // namespace headroom
