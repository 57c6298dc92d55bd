// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <cstdint>

namespace headroom {

/// Changes the stereo image: width, balance and pseudo-stereo. The default changes nothing. Mono audio is
/// left unchanged. Any thread.
struct StereoImage {
    double width = 1;   ///< gain of the side signal (left minus right); 0: mono
    double balance = 0; ///< in [-1, 1]; gain of left is 1 + balance, of right 1 - balance
    /// Gain of the delayed mid signal that is added to the side signal, which widens even two equal channels.
    /// Negative: left and right swapped.
    double echo = 0;
    std::int64_t delay = 0; ///< of the mid signal, frames

    void apply(AudioBuffer& audio) const;

    bool operator==(const StereoImage&) const = default;
};

} // namespace headroom
