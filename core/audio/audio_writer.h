#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace headroom {

enum class AudioContainer { Wav, Flac };
enum class SampleEncoding { Pcm16, Pcm24, Float };

/// "wav" or "flac"; throws Error for another name.
AudioContainer audioContainer(const std::string& name);
/// "PCM_16", "PCM_24" or "FLOAT"; throws Error for another name.
SampleEncoding sampleEncoding(const std::string& name);
/// ".wav" or ".flac".
std::string fileExtension(AudioContainer container);

/// What a sample reads back as once it was written so: rounded to the encoding's steps, and clipped.
float storedSample(float sample, SampleEncoding encoding);

/// What a sound file is to become.
struct AudioSpec {
    int sampleRate = 44100; ///< Hz
    int channels = 2;
    std::int64_t frames = 0; ///< exactly as many must be written
    AudioContainer container = AudioContainer::Wav;
    SampleEncoding encoding = SampleEncoding::Float;
};

/// A sound file being written. It appears under its name, whole and synced, with commit(); until then it is a
/// temporary file beside it, which is removed when the writer goes without a commit. One thread at a time.
///
/// Samples are neither scaled nor dithered: PCM of b bits is sample * 2^(b-1), rounded to nearest, so that
/// what AudioReader read is written back bit for bit. PCM holds nothing beyond full scale: such samples are
/// clipped and counted, and one that is not a number is an error. A WAV too big for its 32-bit sizes (4 GiB)
/// becomes an RF64. Equal input gives equal bytes.
class AudioWriter {
public:
    /// Throws Error where the folder cannot be written to, or the container cannot hold such samples (FLAC:
    /// no FLOAT, at most 8 channels).
    AudioWriter(const std::filesystem::path& path, const AudioSpec& spec);
    AudioWriter(AudioWriter&&) noexcept;
    AudioWriter& operator=(AudioWriter&&) noexcept;
    ~AudioWriter();

    /// Appends. @param sound as many channels as the spec says. Throws Error (Failure), for instance when the
    /// disk is full.
    void write(const AudioBuffer& sound);

    /// Ends the file, checks that it can be read back with all its frames, and gives it its name, replacing
    /// what was there. Throws Error (Failure), leaving what was there, where that fails.
    void commit();

    std::int64_t clippedSamples() const; ///< samples beyond full scale so far; always 0 for FLOAT

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace headroom
