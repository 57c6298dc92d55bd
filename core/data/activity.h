#pragma once

#include "core/audio/audio_buffer.h"
#include "core/config/run_config.h"
#include "core/data/outage.h"
#include "core/data/song_library.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

/// Where stems sound: the activity detector of BSMamba2's published code.
namespace headroom {

/// Frames of an activity window: `seconds` at this rate, in ten equal parts.
std::int64_t activityWindowFrames(double seconds, int sampleRate);

/// Takes a sound block by block and tells in which windows it is active. Windows begin half a window apart,
/// from the sound's first frame on, and only whole ones count. A window is active if in every channel more
/// than half of its ten parts have an RMS above -60 dBFS. (The published detector also asks that a part be
/// above the window's own 0.15 quantile, which eight parts of ten always are.)
class ActivityMeter {
public:
    /// @param windowFrames a multiple of 10, at least 10
    ActivityMeter(std::int64_t windowFrames, int channels);

    void add(const AudioBuffer& block);
    /// First frames of the active windows so far, ascending.
    std::vector<std::int64_t> activeWindows() const;

private:
    std::int64_t partFrames_;
    std::int64_t filled_ = 0;      ///< frames of the part under way
    std::vector<double> energy_;   ///< of that part, by channel
    std::vector<bool> partActive_; ///< of the whole parts, [part, channel]
};

/// Fills StemFile::activeWindows of all stems: reads every file once, several at a time, some seconds of each
/// in memory. Throws Error (Input) where no target has an active window, or a file cannot be read.
/// @param notices stems that are nowhere active; how many windows were found
/// @return false when stopped
bool findActivity(std::vector<Song>& songs, const RunConfig& config, Outage& outage,
                  const std::stop_token& stop, std::vector<std::string>& notices);

} // namespace headroom
