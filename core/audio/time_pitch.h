// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>

namespace headroom {

/// Changes the pitch of audio and its tempo, each without the other, with the finer engine (R3) of the
/// library Rubber Band. All channels are processed together, so that the stereo image stays. The same input
/// gives the same output with the same version of the library. Any thread.
struct TimePitch {
    double semitones = 0; ///< pitch shift, in [-12, 12]
    double tempo = 1;     ///< factor, in [0.5, 2]; 2: twice as fast

    bool isOff() const { return semitones == 0 && tempo == 1; }

    /// Frames of input needed for `outputFrames` frames of output: these, and what the library needs around
    /// them, since it fades in and out.
    std::int64_t inputFrames(std::int64_t outputFrames, int sampleRate) const;

    /// The output begins where the input does, up to a tenth of a second. Silence stays silence.
    /// @param input      inputFrames(outputFrames, sampleRate) frames
    /// @param sampleRate in [8000, 192000] Hz
    AudioBuffer apply(AudioBuffer input, std::int64_t outputFrames, int sampleRate) const;

    bool operator==(const TimePitch&) const = default;
};

} // namespace headroom
