#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>

namespace headroom {

/// Which demo songs to write.
struct DemoOptions {
    std::uint64_t seed = 1; ///< the songs of one seed begin alike, however many there are
    double seconds = 24;    ///< length of each song, 4 ... 600
    int trainSongs = 6;     ///< 1 ... 1000
    int testSongs = 2;      ///< 1 ... 1000
};

/// Songs done so far, of how many. Called from several threads, one at a time.
using DemoProgress = std::function<void(int done, int total)>;

/// Writes songs with true stems, made by a synthesizer: `folder`/train and `folder`/test in MUSDB18-HQ
/// layout, a folder per song with vocals, drums, bass, other and mixture as 16-bit WAV, 44.1 kHz, stereo. The
/// mixture is exactly the sum of the stems as stored. Equal options give equal files on every machine.
///
/// The folder must be new or empty, but for what an earlier call left that was killed; train and test appear
/// in it when all songs are written. When stopped or on an error nothing is left.
///
/// @return false: stopped   Throws Error.
bool writeDemoSongs(const std::filesystem::path& folder, const DemoOptions& options,
                    const DemoProgress& progress = {}, const std::stop_token& stop = {});

} // namespace headroom
