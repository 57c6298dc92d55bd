// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/equalizer.h"

#include <cmath>
#include <numbers>
#include <span>

namespace headroom {
namespace {

/// b0 + b1 / z + b2 / z^2 over 1 + a1 / z + a2 / z^2.
struct SecondOrder {
    double b0, b1, b2, a1, a2;

    /// Direct form 1. In double: at low frequencies the poles are close to 1.
    void apply(std::span<float> samples) const {
        double in1 = 0;
        double in2 = 0;
        double out1 = 0;
        double out2 = 0;
        for (float& sample : samples) {
            const double in = sample;
            const double out = b0 * in + b1 * in1 + b2 * in2 - a1 * out1 - a2 * out2;
            in2 = in1;
            in1 = in;
            out2 = out1;
            out1 = out;
            sample = static_cast<float>(out);
        }
    }
};

/// The cookbook's A and w0.
struct Design {
    double amplitude;
    double cosine;
    double sine;

    Design(const Equalizer::Band& band, int sampleRate) : amplitude(std::pow(10, band.decibels / 40)) {
        const double angle = 2 * std::numbers::pi * band.hertz / sampleRate;
        cosine = std::cos(angle);
        sine = std::sin(angle);
    }

    SecondOrder peak() const {
        constexpr double q = 1;
        const double alpha = sine / (2 * q);
        const double a0 = 1 + alpha / amplitude;
        return {(1 + alpha * amplitude) / a0, -2 * cosine / a0, (1 - alpha * amplitude) / a0,
                -2 * cosine / a0, (1 - alpha / amplitude) / a0};
    }

    /// The steepest shelf without a bump. With the cosine negated, a low shelf becomes a high shelf, mirrored
    /// at a quarter of the sample rate.
    SecondOrder shelf(bool isHigh) const {
        const double sign = isHigh ? -1 : 1;
        const double c = sign * cosine;
        const double more = amplitude + 1;
        const double less = amplitude - 1;
        const double slope = std::sqrt(2 * amplitude) * sine; // 2 sqrt(A) alpha, with S = 1
        const double a0 = more + less * c + slope;
        return {amplitude * (more - less * c + slope) / a0, sign * 2 * amplitude * (less - more * c) / a0,
                amplitude * (more - less * c - slope) / a0, sign * -2 * (less + more * c) / a0,
                (more + less * c - slope) / a0};
    }
};

} // namespace

void Equalizer::apply(AudioBuffer& audio, int sampleRate) const {
    for (int i = 0; i < bandCount; ++i) {
        const Band& band = bands[i];
        if (band.decibels == 0 || 2 * band.hertz >= sampleRate)
            continue;
        const Design design(band, sampleRate);
        const bool isShelf = i == 0 || i == bandCount - 1;
        const SecondOrder filter = isShelf ? design.shelf(i != 0) : design.peak();
        for (int channel = 0; channel < audio.channels(); ++channel)
            filter.apply(audio.channel(channel));
    }
}

} // namespace headroom
