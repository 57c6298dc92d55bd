// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_file.h"
#include "core/audio/resampler.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace headroom::test {

/// The whole file at `sampleRate` (0: its own) with `channels` channels (0: its own). Throws Error as
/// AudioReader and withChannels do.
inline AudioBuffer readAudio(const std::filesystem::path& path, int sampleRate = 0, int channels = 0) {
    AudioReader reader(path);
    const int fileRate = reader.info().sampleRate;
    const AudioBuffer audio = reader.read(reader.info().frames);
    Resampler resampler(fileRate, sampleRate == 0 ? fileRate : sampleRate, audio.channels());
    const AudioBuffer head = resampler.process(audio);
    const AudioBuffer tail = resampler.finish();
    AudioBuffer result(audio.channels(), head.frames() + tail.frames());
    for (int c = 0; c < result.channels(); ++c) {
        std::ranges::copy(head.channel(c), result.channel(c).begin());
        std::ranges::copy(tail.channel(c), result.channel(c).begin() + head.frames());
    }
    return withChannels(std::move(result), channels, path.string());
}

} // namespace headroom::test
