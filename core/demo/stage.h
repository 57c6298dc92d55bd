// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/demo/random.h"

#include <array>
#include <span>
#include <utility>

namespace headroom::demo {

/// Mixes mono tracks into a stereo stem, panned and with the early reflections of a small room. The
/// reflections end after 0.1 s, so longer rests are exactly silent.
class Stage {
public:
    Stage(std::size_t frames, Random random);

    /// @param pan -1 (left) ... 1 (right), constant power
    /// @param wet level of the reflections, 0 ... 1
    void place(std::span<const float> track, double pan, double wet);
    AudioBuffer take() { return std::move(stem_); }

private:
    struct Reflection {
        std::size_t delay; ///< samples
        double gain;
    };
    AudioBuffer stem_;
    std::array<std::array<Reflection, 5>, 2> room_; ///< by channel
};

/// Scales a track to this RMS. A silent track stays silent.
void scaleToRms(std::span<float> track, double rms);

} // namespace headroom::demo
