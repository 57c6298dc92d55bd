#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace headroom {

/// What a sound file holds.
struct AudioInfo {
    int sampleRate = 0; ///< Hz
    int channels = 0;
    std::int64_t frames = 0; ///< that can be read, whatever the header says
    std::string container;   ///< "WAV", "RF64", "FLAC", "MPEG", ...
    std::string encoding;    ///< "PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", ...
    std::string notice = {}; ///< what users should know of the length, a sentence; mostly empty

    double seconds() const { return sampleRate > 0 ? static_cast<double>(frames) / sampleRate : 0; }
};

/// A sound file of any kind that libsndfile or libmpg123 reads, open for reading. One thread at a time.
///
/// The length is what can be read: no header is believed against what is in the file. Where a header does not
/// say how long the sound is (written to a pipe, more than 4 GiB in a WAV file), or says less than is there,
/// all of it is read and info().notice says so. A file that holds less than its header claims is cut short,
/// and refused on opening. Files whose length only their content tells (MP3, FLAC) are examined once in the
/// life of the process, in memory that does not depend on their length; for most FLAC files that means a look
/// at their end.
///
/// Integer samples of b bits become value / 2^(b-1); float samples are handed on as they are, also where they
/// are not finite. Errors are ErrorKind::Input and name the file: missing, a folder, no permission, empty, no
/// sound file, no samples, cut short, several files joined in one, a sample rate that no sound has; damage
/// inside a compressed file when reading gets there.
class AudioReader {
public:
    /// Sample rates that are taken, in Hz.
    static constexpr int lowestRate = 1000;
    static constexpr int highestRate = 1536000;

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
