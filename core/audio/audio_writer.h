// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/audio/audio_tags.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace headroom {

enum class AudioContainer { Wav, Flac, Mp3 };
enum class SampleEncoding { Pcm16, Pcm24, Float, MpegLayer3 };

/// Constant bit rate of MP3 files, bit/s.
inline constexpr int mp3BitRate = 320000;

/// Parses "wav", "flac" or "mp3". Throws Error (Input) for any other name.
AudioContainer audioContainer(const std::string& name);
/// Parses "PCM_16", "PCM_24", "FLOAT" or "MPEG_LAYER_III". Throws Error (Input) for any other name.
SampleEncoding sampleEncoding(const std::string& name);
/// The encoding with the least loss: float in WAV, 24 bits in FLAC.
SampleEncoding bestEncoding(AudioContainer container);
/// Returns ".wav", ".flac" or ".mp3".
std::string fileExtension(AudioContainer container);

/// The value of a sample after it was written and read back: rounded to the encoding's levels and clipped.
/// What MP3 does to a sample depends on its neighbors, so there it is unchanged.
float storedSample(float sample, SampleEncoding encoding);

/// Format and length of an audio file to be written.
struct AudioSpec {
    int sampleRate = 44100; ///< Hz
    int channels = 2;
    std::int64_t frames = 0; ///< must be written exactly
    AudioContainer container = AudioContainer::Wav;
    SampleEncoding encoding = SampleEncoding::Float;
    AudioTags tags = {};
};

/// Writes an audio file atomically: to a temporary file next to the target, which commit() syncs and renames.
/// The destructor removes the temporary file if commit() was not called. One thread at a time.
///
/// Samples are neither scaled nor dithered. PCM of b bits is sample * 2^(b-1), rounded to nearest, so samples
/// from AudioReader are written back bit for bit. PCM samples beyond full scale are clipped and counted. A
/// NaN is an error. A WAV file too large for 32-bit sizes (4 GiB) is written as RF64. MP3 has the highest
/// constant bit rate. Equal input gives equal bytes.
class AudioWriter {
public:
    /// Throws Error if the folder is not writable or if the container does not support the format (FLAC: no
    /// FLOAT, at most 8 channels; MP3: MPEG_LAYER_III only, at most 2 channels, 32, 44.1 or
    /// 48 kHz).
    AudioWriter(const std::filesystem::path& path, const AudioSpec& spec);
    AudioWriter(AudioWriter&&) noexcept;
    AudioWriter& operator=(AudioWriter&&) noexcept;
    ~AudioWriter();

    /// Appends frames. Throws Error (Failure), for instance if the disk is full.
    /// @param audio spec.channels channels
    void write(const AudioBuffer& audio);

    /// Closes the file, checks that all its frames can be read back, and moves it to its path, replacing an
    /// existing file. If this fails, throws Error (Failure) and leaves the existing file untouched.
    void commit();

    std::int64_t clippedSamples() const; ///< samples clipped so far; always 0 for FLOAT

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace headroom
