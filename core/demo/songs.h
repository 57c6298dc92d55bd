// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>

namespace headroom {

struct DemoOptions {
    std::uint64_t seed = 1; ///< a song does not depend on the number of songs
    double seconds = 24;    ///< length of each song, 4 ... 600
    int trainSongs = 6;     ///< 1 ... 1000
    int testSongs = 2;      ///< 1 ... 1000
};

/// Called after each song, from several threads, one at a time.
using DemoProgress = std::function<void(int done, int total)>;

/// Writes synthesized songs to `folder`/train and `folder`/test in MUSDB18-HQ layout: a folder per song with
/// vocals, drums, bass, other and mixture as stereo 16-bit WAV at 44.1 kHz. The stored mixture is exactly the
/// sum of the stored stems. Equal options give identical files on every machine.
///
/// The folder must be new or empty, except for leftovers of an earlier call that was killed. train and test
/// are created after all songs are written. After a stop request or an error, nothing remains.
///
/// @return false if a stop was requested
/// @throws Error
bool writeDemoSongs(const std::filesystem::path& folder, const DemoOptions& options,
                    const DemoProgress& progress = {}, const std::stop_token& stop = {});

} // namespace headroom
