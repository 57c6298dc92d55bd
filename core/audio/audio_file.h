// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/audio/audio_reader.h"
#include "core/audio/audio_writer.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace headroom {

/// Converts audio to `channels` channels (0: unchanged). Mono to stereo duplicates the channel, stereo to
/// mono averages the two. Throws Error (Input, at `where`) for any other conversion.
AudioBuffer withChannels(AudioBuffer audio, int channels, const std::string& where);

/// Reads the frames [first, first + frames) of a file converted to `sampleRate` (0: the file's own) and
/// `channels` (0: the file's own). Reads no more of the file than needed. Frames beyond the end are zero.
/// Resampled ranges match a conversion of the whole file up to rounding, and are deterministic. Throws Error
/// like AudioReader and withChannels.
AudioBuffer readAudioRange(const std::filesystem::path& path, int sampleRate, int channels,
                           std::int64_t first, std::int64_t frames);

/// Writes a whole file. Replaces spec.channels and spec.frames with those of `audio`. Throws like
/// AudioWriter.
void writeAudio(const std::filesystem::path& path, const AudioBuffer& audio, AudioSpec spec);

} // namespace headroom
