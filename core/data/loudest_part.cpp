// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/loudest_part.h"

#include <algorithm>

namespace headroom {

std::int64_t loudestPart(const AudioBuffer& audio, std::int64_t frames, std::int64_t hop) {
    const auto energyOf = [&](std::int64_t first, std::int64_t last) {
        double sum = 0;
        for (int c = 0; c < audio.channels(); ++c)
            for (std::int64_t i = first; i < std::min(last, audio.frames()); ++i)
                sum += double{audio.channel(c)[i]} * audio.channel(c)[i];
        return sum;
    };
    std::int64_t best = 0;
    double energy = energyOf(0, frames);
    double most = energy;
    for (std::int64_t begin = hop; begin + frames <= audio.frames(); begin += hop) {
        energy += energyOf(begin - hop + frames, begin + frames) - energyOf(begin - hop, begin);
        if (energy > most) {
            most = energy;
            best = begin;
        }
    }
    return best;
}

} // namespace headroom
