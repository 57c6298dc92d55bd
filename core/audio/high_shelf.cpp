// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/high_shelf.h"

#include <cmath>
#include <numbers>

namespace headroom {

void HighShelf::apply(AudioBuffer& audio, int sampleRate) const {
    if (decibels == 0)
        return;
    // H(s) = (g s + sqrt(g) w) / (s + sqrt(g) w): 1 at 0 Hz, g far above, and sqrt(g) at w.
    const double gain = std::pow(10, decibels / 20);
    const double corner = std::sqrt(gain) * std::tan(std::numbers::pi * hertz / sampleRate);
    const auto current = static_cast<float>((gain + corner) / (1 + corner));
    const auto previous = static_cast<float>((corner - gain) / (1 + corner));
    const auto feedback = static_cast<float>((1 - corner) / (1 + corner));
    for (int channel = 0; channel < audio.channels(); ++channel) {
        float lastIn = 0;
        float lastOut = 0;
        for (float& sample : audio.channel(channel)) {
            lastOut = current * sample + previous * lastIn + feedback * lastOut;
            lastIn = sample;
            sample = lastOut;
        }
    }
}

} // namespace headroom
