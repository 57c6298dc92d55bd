// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

/// Math functions with identical results on every machine, so that the demo songs are bit-identical. They use
/// only operations that IEEE 754 rounds exactly: + - * / and floor. The library is compiled without
/// floating-point contraction.
namespace headroom::demo {

inline constexpr double pi = 3.14159265358979323846;

/// sin(2 pi cycles), within 1e-9.
double sineOfCycles(double cycles);
/// cos(2 pi cycles), within 1e-9.
double cosineOfCycles(double cycles);
/// 2^x, within 1e-9 of its value.
double powerOfTwo(double x);
/// e^x.
double exponential(double x);
/// Amplitude ratio of a level in dB.
double decibelsToGain(double decibels);
/// Frequency of a MIDI pitch; 69 is A4 = 440 Hz.
double pitchToHertz(double pitch);

} // namespace headroom::demo
