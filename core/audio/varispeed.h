#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>

namespace headroom {

/// Plays sound faster or slower, as a tape does: pitch and speed change together. For training, where time
/// counts more than the last bits. Any thread.
class Varispeed {
public:
    /// @param semitones by which the sound gets higher, within an octave up or down; 0: untouched
    explicit Varispeed(double semitones);

    /// Frames that must be played to get `outputFrames`.
    std::int64_t inputFrames(std::int64_t outputFrames) const;

    /// @param input inputFrames(outputFrames) long
    AudioBuffer play(AudioBuffer input, std::int64_t outputFrames) const;

private:
    int inputRate_; ///< that the sound is taken to have, to be brought to `outputRate`
};

} // namespace headroom
