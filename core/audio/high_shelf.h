// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

namespace headroom {

/// First-order high-shelf filter (bilinear transform). Any thread.
struct HighShelf {
    double decibels = 0;  ///< gain far above the corner; 0: no change
    double hertz = 1'000; ///< corner frequency, in (0, sampleRate / 2)

    void apply(AudioBuffer& audio, int sampleRate) const;

    bool operator==(const HighShelf&) const = default;
};

} // namespace headroom
