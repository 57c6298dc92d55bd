// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/demo/stage.h"

#include "core/demo/filters.h"

#include <cmath>

namespace headroom::demo {

Stage::Stage(std::size_t frames, Random random) : stem_(2, static_cast<std::int64_t>(frames)) {
    for (auto& channel : room_) {
        for (std::size_t i = 0; i < channel.size(); ++i) {
            const double seconds = 0.007 + 0.017 * (static_cast<double>(i) + random.uniform());
            const double sign = random.chance(0.5) ? 1 : -1;
            channel[i] = {static_cast<std::size_t>(seconds * sampleRate),
                          sign * decibelsToGain(-140 * seconds)};
        }
    }
}

void Stage::place(std::span<const float> track, double pan, double wet) {
    const double angle = (pan + 1) / 8; // cycles: 0 is left, 0.25 is right
    const double gains[] = {cosineOfCycles(angle), sineOfCycles(angle)};
    for (int c = 0; c < 2; ++c) {
        const auto out = stem_.channel(c);
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] += static_cast<float>(gains[c]) * track[i];
        for (const Reflection& reflection : room_[static_cast<std::size_t>(c)]) {
            const auto gain = static_cast<float>(wet * reflection.gain);
            for (std::size_t i = reflection.delay; i < out.size(); ++i)
                out[i] += gain * track[i - reflection.delay];
        }
    }
}

void scaleToRms(std::span<float> track, double rms) {
    double energy = 0;
    for (const float sample : track)
        energy += static_cast<double>(sample) * sample;
    if (energy == 0)
        return;
    const auto gain = static_cast<float>(rms / std::sqrt(energy / static_cast<double>(track.size())));
    for (float& sample : track)
        sample *= gain;
}

} // namespace headroom::demo
