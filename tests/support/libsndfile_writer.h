// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <sndfile.h>

#include <filesystem>

namespace headroom::test {

/// Writes the first channel in a format that Headroom reads but does not write. False if this libsndfile
/// cannot write the format.
/// @param format SF_FORMAT_…, container and encoding
inline bool writeByLibsndfile(const std::filesystem::path& file, const AudioBuffer& mono, int format,
                              int sampleRate = 48000) {
    SF_INFO info{};
    info.samplerate = sampleRate;
    info.channels = 1;
    info.format = format;
    SNDFILE* handle = sf_open(file.c_str(), SFM_WRITE, &info);
    if (handle == nullptr)
        return false;
    const sf_count_t written = sf_writef_float(handle, mono.channel(0).data(), mono.frames());
    sf_close(handle);
    return written == mono.frames();
}

inline constexpr int mp3Format = SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III;
inline constexpr int vorbisFormat = SF_FORMAT_OGG | SF_FORMAT_VORBIS;
inline constexpr int opusFormat = SF_FORMAT_OGG | SF_FORMAT_OPUS;

} // namespace headroom::test
