// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/lane_readout.h"

#include "ui/listen/audio_picture.h"
#include "ui/listen/time_axis.h"
#include "ui/text/decibel_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace headroom::ui {
namespace {

QString translatedReadout(const char* text) {
    return QCoreApplication::translate("LaneReadout", text);
}

QString unknown() {
    return QStringLiteral("–");
}

QString waveformReadout(const AudioPicture& picture, const LaneRange& range) {
    const auto peak = picture.peaks().over(static_cast<double>(range.begin), static_cast<double>(range.end));
    const double highest = peak ? std::max(-peak->lowest, peak->highest) : 0;
    return translatedReadout(QT_TRANSLATE_NOOP("LaneReadout", "peak %1 dBFS, RMS %2 dBFS"))
        .arg(peak ? levelText(highest * highest) : unknown(), peak ? levelText(peak->meanSquare) : unknown());
}

QString spectrogramReadout(const AudioPicture& picture, const LaneRange& range, double height) {
    const int band =
        std::clamp(static_cast<int>(height * AudioPicture::tileRows), 0, AudioPicture::tileRows - 1);
    const auto power = picture.power(*range.spectrogram, range.hop, static_cast<double>(range.begin),
                                     static_cast<double>(range.end), band, AudioPicture::tileRows);
    const double hertz = frequencyAt(*range.spectrogram, height, range.sampleRate);
    return translatedReadout(QT_TRANSLATE_NOOP("LaneReadout", "%1, %2 dB"))
        .arg(frequencyReadout(hertz), power ? levelText(*power) : unknown());
}

} // namespace

QString frequencyReadout(double hertz) {
    constexpr double kilo = 1000;
    return hertz < kilo
               ? translatedReadout(QT_TRANSLATE_NOOP("LaneReadout", "%1 Hz")).arg(hertz, 0, 'f', 0)
               : translatedReadout(QT_TRANSLATE_NOOP("LaneReadout", "%1 kHz")).arg(hertz / kilo, 0, 'f', 2);
}

QString laneReadout(const AudioPicture& picture, const LaneRange& range, std::optional<double> height) {
    QString time = timeText(static_cast<double>(range.begin) / range.sampleRate, 3);
    if (range.begin >= picture.frames())
        return time;
    return time + QStringLiteral(", ") +
           (height && range.spectrogram ? spectrogramReadout(picture, range, *height)
                                        : waveformReadout(picture, range));
}

} // namespace headroom::ui
