// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>

namespace headroom {

/// Changes the speed of audio like a tape machine: pitch and tempo change together. Fast rather than exact,
/// for augmentation in training. Any thread.
class Varispeed {
public:
    /// @param semitones pitch shift, in [-12, 12]; 0: no change
    explicit Varispeed(double semitones);

    /// Frames of input needed for `outputFrames` frames of output.
    std::int64_t inputFrames(std::int64_t outputFrames) const;

    /// @param input inputFrames(outputFrames) frames
    AudioBuffer play(AudioBuffer input, std::int64_t outputFrames) const;

private:
    int inputRate_; ///< nominal input rate, resampled to `outputRate`
};

} // namespace headroom
