// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <array>

namespace headroom {

/// Seven bands in a row: a low shelf, five peaks and a high shelf, each a second-order filter with the
/// formulas of Robert Bristow-Johnson's "Audio EQ Cookbook". Any thread.
struct Equalizer {
    struct Band {
        double hertz = 1'000; ///< corner of a shelf, center of a peak; bands at or above half of the sample
                              ///< rate are left out
        double decibels = 0;  ///< 0: no change
        bool operator==(const Band&) const = default;
    };
    static constexpr int bandCount = 7;

    std::array<Band, bandCount> bands;

    void apply(AudioBuffer& audio, int sampleRate) const;

    bool operator==(const Equalizer&) const = default;
};

} // namespace headroom
