// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/frequency_scale.h"

#include <vector>

class QPainter;
class QRectF;

namespace headroom::ui {

struct Palette;

/// Frequencies to label, in Hz, at least `spacing` apart. Rising.
/// @param height of the spectrogram, in the unit of `spacing`
std::vector<double> labeledFrequencies(FrequencyScale scale, int sampleRate, double height, double spacing);

/// Levels to label in dBFS, at least `spacing` apart, highest first. Those outside the area are left out.
/// @param height of full scale above the center  @param available of the area above the center
std::vector<int> labeledLevels(double height, double available, double spacing);

/// Labels over the left edge of a spectrogram.
void paintFrequencyScale(QPainter& painter, const QRectF& area, FrequencyScale scale, int sampleRate);

/// Lines (before the waveform) and labels (after it) in dBFS.
/// @param magnification full scale is this many times half the height of the area
void paintLevelLines(QPainter& painter, const QRectF& area, double magnification, const Palette& colors);
void paintLevelLabels(QPainter& painter, const QRectF& area, double magnification, const Palette& colors);

} // namespace headroom::ui
