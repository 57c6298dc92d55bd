#pragma once

#include "core/audio/audio_buffer.h"
#include "core/audio/audio_reader.h"
#include "core/audio/audio_writer.h"

#include <cstdint>
#include <filesystem>

namespace headroom {

/// Sound with `channels` channels: mono becomes stereo by doubling, stereo becomes mono by averaging, equal
/// counts stay untouched. Throws Error (Input, at `where`) for other counts.
AudioBuffer withChannels(AudioBuffer sound, int channels, const std::string& where);

/// A whole file at `sampleRate` (0: its own) with `channels` channels (0: its own). Its length is that of
/// Resampler::outputFrames. Throws Error as AudioReader does, and for channel counts that withChannels
/// refuses.
AudioBuffer readAudio(const std::filesystem::path& path, int sampleRate = 0, int channels = 0);

/// The frames [first, first + frames) of what readAudio gives, without reading more of the file than needed.
/// Frames beyond the end are zero. Where the file has another rate, samples agree with readAudio's up to
/// rounding, and are always the same for the same range.
AudioBuffer readAudioRange(const std::filesystem::path& path, int sampleRate, int channels,
                           std::int64_t first, std::int64_t frames);

/// Writes a whole file; spec.channels and spec.frames are taken from the sound.
void writeAudio(const std::filesystem::path& path, const AudioBuffer& sound, AudioSpec spec);

} // namespace headroom
