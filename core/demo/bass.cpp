// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/demo/band.h"
#include "core/demo/filters.h"

#include <algorithm>

namespace headroom::demo {
namespace {

/// The oscillator and filters of one note.
class BassString {
public:
    BassString(BassTimbre timbre, const Note& note) : timbre_(timbre), hertz_(pitchToHertz(note.pitch)) {}

    /// @param envelope 1 at the onset, then decaying
    double operator()(double envelope) {
        if (timbre_ == BassTimbre::Sub) {
            phase_ += hertz_ / sampleRate;
            return sineOfCycles(phase_) + 0.25 * sineOfCycles(2 * phase_) +
                   0.1 * envelope * sineOfCycles(3 * phase_);
        }
        if (age_++ % 32 == 0)
            tuneFilters(envelope);
        return 0.9 * second_(first_(saw_(hertz_)));
    }

private:
    void tuneFilters(double envelope) {
        const double cutoff =
            timbre_ == BassTimbre::Synth ? 200 + 1600 * envelope * envelope : 150 + 500 * envelope;
        first_.tune(cutoff);
        second_.tune(cutoff);
    }

    BassTimbre timbre_;
    double hertz_;
    double phase_ = 0;
    int age_ = 0;
    Saw saw_;
    LowPass first_{500};
    LowPass second_{500};
};

} // namespace

void renderBass(BassTimbre timbre, const std::vector<Note>& notes, std::span<float> out) {
    const double decay = decayPerSample(timbre == BassTimbre::Fingered ? 2.5 : 4);
    const double release = decayPerSample(0.12);
    for (const Note& note : notes) {
        BassString string(timbre, note);
        const auto begin = static_cast<std::size_t>(note.start * sampleRate);
        const auto held = static_cast<std::size_t>(note.duration * sampleRate);
        double envelope = 1;
        for (std::size_t i = 0; begin + i < out.size() && envelope > 1e-4; ++i) {
            const double attack = std::min(1.0, static_cast<double>(i) / 180);
            out[begin + i] += static_cast<float>(note.velocity * attack * envelope * string(envelope));
            envelope *= i < held ? decay : release;
        }
    }
}

} // namespace headroom::demo
