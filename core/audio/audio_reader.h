#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace headroom {

/// What a sound file says about itself.
struct AudioInfo {
    int sampleRate = 0; ///< Hz
    int channels = 0;
    std::int64_t frames = 0;
    std::string container; ///< "WAV", "RF64", "FLAC", ...: libsndfile's names
    std::string encoding;  ///< "PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", ...

    double seconds() const { return sampleRate > 0 ? static_cast<double>(frames) / sampleRate : 0; }
};

/// A sound file of any kind that libsndfile reads, open for reading. One thread at a time.
///
/// Integer samples of b bits become value / 2^(b-1); float samples are handed on as they are. Errors are
/// ErrorKind::Input and name the file: missing, a folder, no permission, empty, no sound file, no samples,
/// cut short. That a WAV or AIFF file holds less than its header claims is found on opening, for other kinds
/// when reading gets there.
class AudioReader {
public:
    explicit AudioReader(const std::filesystem::path& path);
    AudioReader(AudioReader&&) noexcept;
    AudioReader& operator=(AudioReader&&) noexcept;
    ~AudioReader();

    const AudioInfo& info() const;
    std::int64_t position() const; ///< the frame that read() begins with

    /// @param frame 0 ... info().frames
    void seek(std::int64_t frame);

    /// The next `frames` frames; fewer only at the end of the file, none when it is reached.
    AudioBuffer read(std::int64_t frames);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace headroom
