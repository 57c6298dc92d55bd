// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/demo/math.h"

namespace headroom::demo {

inline constexpr int sampleRate = 44100;

/// A formant: two-pole resonator with unit gain at 0 Hz (Klatt 1980).
class Resonator {
public:
    void tune(double hertz, double bandwidth) {
        const double radius = exponential(-pi * bandwidth / sampleRate);
        c_ = -radius * radius;
        b_ = 2 * radius * cosineOfCycles(hertz / sampleRate);
        a_ = 1 - b_ - c_;
    }
    double operator()(double x) {
        const double y = a_ * x + b_ * y1_ + c_ * y2_;
        y2_ = y1_;
        y1_ = y;
        return y;
    }

private:
    double a_ = 1, b_ = 0, c_ = 0, y1_ = 0, y2_ = 0;
};

/// Two-pole band pass with zeros at 0 Hz and half the sample rate, and about unit gain at its center.
class BandPass {
public:
    BandPass(double hertz, double bandwidth) {
        const double radius = exponential(-pi * bandwidth / sampleRate);
        c_ = -radius * radius;
        b_ = 2 * radius * cosineOfCycles(hertz / sampleRate);
        gain_ = (1 - radius * radius) / 2;
    }
    double operator()(double x) {
        const double y = gain_ * (x - x2_) + b_ * y1_ + c_ * y2_;
        x2_ = x1_;
        x1_ = x;
        y2_ = y1_;
        y1_ = y;
        return y;
    }

private:
    double gain_, b_, c_, x1_ = 0, x2_ = 0, y1_ = 0, y2_ = 0;
};

/// One-pole low pass.
class LowPass {
public:
    explicit LowPass(double hertz) { tune(hertz); }
    void tune(double hertz) { share_ = 1 - exponential(-2 * pi * hertz / sampleRate); }
    double operator()(double x) { return y_ += share_ * (x - y_); }

private:
    double share_ = 1, y_ = 0;
};

/// Correction around a unit step at phase 0 that reduces aliasing (PolyBLEP, Valimaki & Huovilainen 2007).
/// @param phase in cycles, [0, 1)   @param increment cycles per sample
inline double stepCorrection(double phase, double increment) {
    if (phase < increment) {
        const double t = phase / increment - 1;
        return -t * t;
    }
    if (phase > 1 - increment) {
        const double t = (phase - 1) / increment + 1;
        return t * t;
    }
    return 0;
}

/// Rising sawtooth, -1 ... 1.
class Saw {
public:
    double operator()(double hertz) {
        const double increment = hertz / sampleRate;
        const double value = 2 * phase_ - 1 - stepCorrection(phase_, increment);
        phase_ += increment;
        if (phase_ >= 1)
            phase_ -= 1;
        return value;
    }

private:
    double phase_ = 0;
};

/// Factor per sample for a decay of 60 dB in `seconds`.
inline double decayPerSample(double seconds) {
    return exponential(-6.90775527898213705205 / (seconds * sampleRate));
}

} // namespace headroom::demo
