// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/lane_table.h"

#include "ui/listen/audio_picture.h"
#include "ui/listen/time_axis.h"
#include "ui/text/decibel_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace headroom::ui {
namespace {

constexpr int bands = 8;

QString translatedLane(const char* text) {
    return QCoreApplication::translate("LaneTable", text);
}

QString frequencyText(double hertz) {
    return hertz < 1000 ? QString::number(hertz, 'f', 0) : QString::number(hertz / 1000, 'f', 1) + 'k';
}

QStringList header(const LaneRange& range) {
    QStringList texts = {translatedLane(QT_TRANSLATE_NOOP("LaneTable", "Time"))};
    if (range.waveform)
        texts << translatedLane(QT_TRANSLATE_NOOP("LaneTable", "Peak, dBFS"))
              << translatedLane(QT_TRANSLATE_NOOP("LaneTable", "RMS, dBFS"))
              << translatedLane(QT_TRANSLATE_NOOP("LaneTable", "Loudness, LUFS"));
    for (int band = 0; range.spectrogram && band < bands; ++band) {
        const auto edge = [&](int i) {
            return frequencyText(
                frequencyAt(*range.spectrogram, static_cast<double>(i) / bands, range.sampleRate));
        };
        texts << translatedLane(QT_TRANSLATE_NOOP("LaneTable", "%1 to %2 Hz, dB"))
                     .arg(edge(band), edge(band + 1));
    }
    return texts;
}

/// Peak and RMS of the frames [from, to); empty if not computed yet.
QStringList levels(const AudioPicture& picture, double from, double to) {
    const auto peak = picture.peaks().over(from, to);
    if (!peak)
        return {QString(), QString()};
    const double highest = std::max(-peak->lowest, peak->highest);
    return {levelNumber(highest * highest), levelNumber(peak->meanSquare)};
}

/// The row of the whole lane. Only this row has a loudness, because it is integrated over all frames.
QStringList wholeRow(const AudioPicture& picture, qsizetype columns) {
    constexpr double silence = -std::numeric_limits<double>::infinity();
    QStringList row = {translatedLane(QT_TRANSLATE_NOOP("LaneTable", "all"))};
    row << levels(picture, 0, static_cast<double>(picture.frames()));
    const auto& loudness = picture.loudness();
    row << (loudness ? decibelNumber(loudness->integrated.value_or(silence)) : QString());
    while (row.size() < columns)
        row << QString();
    return row;
}

} // namespace

TableData laneTable(const AudioPicture& picture, const LaneRange& range) {
    constexpr std::int64_t coarse = 10; // seconds
    const bool tenths = range.end - range.begin < coarse * range.sampleRate;
    const double step = range.sampleRate / (tenths ? 10.0 : 1.0);
    const std::int64_t end = std::min(range.end, picture.frames());
    TableData table;
    table.header = header(range);
    if (range.waveform)
        table.rows.push_back(wholeRow(picture, table.header.size()));
    for (auto i = static_cast<std::int64_t>(static_cast<double>(range.begin) / step);
         std::llround(static_cast<double>(i) * step) < end; ++i) {
        const double from = static_cast<double>(i) * step;
        const double to = std::min(from + step, static_cast<double>(end));
        QStringList row = {timeText(from / range.sampleRate, tenths ? 1 : 0)};
        if (range.waveform)
            row << levels(picture, from, to) << QString();
        for (int band = 0; range.spectrogram && band < bands; ++band) {
            const auto power = picture.power(*range.spectrogram, range.hop, from, to, band, bands);
            row << (power ? levelNumber(*power) : QString());
        }
        table.rows.push_back(row);
    }
    return table;
}

} // namespace headroom::ui
