// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/demo/band.h"
#include "core/demo/filters.h"

#include <initializer_list>

namespace headroom::demo {
namespace {

/// The timbre of a drum kit.
struct Kit {
    explicit Kit(Random& random)
        : kickHertz(random.between(44, 58)), kickSeconds(random.between(0.25, 0.5)),
          snareHertz(random.between(165, 230)), snareSeconds(random.between(0.15, 0.32)),
          snareRattle(random.between(0.5, 1)), hatHertz(random.between(7500, 11000)),
          hatSeconds(random.between(0.05, 0.1)) {}

    double kickHertz, kickSeconds;
    double snareHertz, snareSeconds, snareRattle;
    double hatHertz, hatSeconds;
};

void strikeKick(const Kit& kit, double velocity, Random& random, std::span<float> out) {
    const double decay = decayPerSample(kit.kickSeconds);
    const double sweepDecay = decayPerSample(0.09);
    const double clickDecay = decayPerSample(0.012);
    double level = velocity;
    double sweep = 1;
    double click = 0.35 * velocity;
    double phase = 0;
    for (float& sample : out) {
        if (level < 1e-4)
            break;
        phase += kit.kickHertz * (1 + 3 * sweep) / sampleRate;
        sample += static_cast<float>(level * sineOfCycles(phase) + click * random.noise());
        level *= decay;
        sweep *= sweepDecay;
        click *= clickDecay;
    }
}

void strikeSnare(const Kit& kit, double velocity, Random& random, std::span<float> out) {
    const double headDecay = decayPerSample(0.6 * kit.snareSeconds);
    const double wireDecay = decayPerSample(kit.snareSeconds);
    BandPass low(2200, 2600);
    BandPass high(5500, 5000);
    double head = 0.55 * velocity;
    double wires = 0.9 * kit.snareRattle * velocity;
    double phase = 0;
    for (float& sample : out) {
        if (wires < 1e-4)
            break;
        phase += kit.snareHertz / sampleRate;
        const double noise = random.noise();
        sample += static_cast<float>(head * (sineOfCycles(phase) + 0.5 * sineOfCycles(1.73 * phase)) +
                                     wires * (low(noise) + high(noise)));
        head *= headDecay;
        wires *= wireDecay;
    }
}

/// High-passed noise and inharmonic square waves.
void strikeHat(const Kit& kit, bool open, double velocity, Random& random, std::span<float> out) {
    const double decay = decayPerSample(open ? 6 * kit.hatSeconds : kit.hatSeconds);
    BandPass band(kit.hatHertz, 5000);
    BandPass edge(13000, 6000);
    double level = 0.5 * velocity;
    double phase = random.uniform();
    for (float& sample : out) {
        if (level < 1e-4)
            break;
        phase += 417.0 / sampleRate;
        double ring = 0;
        for (const double ratio : {1.0, 1.342, 1.614, 1.958})
            ring += sineOfCycles(ratio * phase) > 0 ? 0.25 : -0.25;
        const double source = random.noise() + ring;
        sample += static_cast<float>(level * (band(source) + 0.6 * edge(source)));
        level *= decay;
    }
}

} // namespace

void renderDrum(Drum drum, const std::vector<DrumHit>& hits, Random random, std::span<float> out) {
    const Kit kit(random);
    for (const DrumHit& hit : hits) {
        const auto begin = static_cast<std::size_t>(hit.start * sampleRate);
        if (hit.drum != drum || begin >= out.size())
            continue;
        const auto tail = out.subspan(begin);
        switch (drum) {
        case Drum::Kick:
            strikeKick(kit, hit.velocity, random, tail);
            break;
        case Drum::Snare:
            strikeSnare(kit, hit.velocity, random, tail);
            break;
        case Drum::ClosedHat:
        case Drum::OpenHat:
            strikeHat(kit, drum == Drum::OpenHat, hit.velocity, random, tail);
            break;
        }
    }
}

} // namespace headroom::demo
