// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/config/run_config.h"
#include "core/data/outage.h"
#include "core/data/song_library.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

/// Finds where stems are active, as the published code of BSMamba2 does.
namespace headroom {

/// Length of an activity window in frames, rounded down to a multiple of ten.
std::int64_t activityWindowFrames(double seconds, int sampleRate);

/// Detects active windows in audio that arrives block by block. Windows start at frame 0 and overlap by half;
/// an incomplete last window is ignored. A window is divided into ten parts and is active if in every channel
/// more than half of them have an RMS above -60 dBFS. (The published detector also requires a part to exceed
/// the window's 0.15 quantile, which at least eight of ten parts always do.)
class ActivityMeter {
public:
    /// @param windowFrames a multiple of 10, at least 10
    ActivityMeter(std::int64_t windowFrames, int channels);

    void add(const AudioBuffer& block);
    /// First frames of the active windows found so far, ascending.
    std::vector<std::int64_t> activeWindows() const;

private:
    std::int64_t partFrames_;
    std::int64_t filled_ = 0;      ///< frames of the current part
    std::vector<double> energy_;   ///< of the current part, by channel
    std::vector<bool> partActive_; ///< [part, channel], complete parts only
};

/// Sets SongStem::activeWindows of all stems. Reads every file once, several songs in parallel, in blocks of
/// 30 seconds. Throws Error (Input) if a target has no active window or a file cannot be read.
/// @param notices receives the number of active windows per stem
/// @return false if a stop was requested
bool findActivity(std::vector<Song>& songs, const RunConfig& config, Outage& outage,
                  const std::stop_token& stop, std::vector<std::string>& notices);

} // namespace headroom
