// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/seconds_table.h"

#include "ui/text/decibel_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace headroom::ui {
namespace {

QString translatedSeconds(const char* text) {
    return QCoreApplication::translate("SecondsTable", text);
}

} // namespace

TableData secondsTable(const std::array<std::optional<SdrAnswer>, 2>& sources) {
    TableData table;
    table.header << translatedSeconds(QT_TRANSLATE_NOOP("SecondsTable", "Second"));
    std::size_t seconds = 0;
    for (std::size_t which = 0; which < sources.size(); ++which) {
        if (!sources[which])
            continue;
        const QChar letter = QLatin1Char("AB"[which]);
        table.header
            << translatedSeconds(QT_TRANSLATE_NOOP("SecondsTable", "SDR of %1, dB")).arg(letter)
            << translatedSeconds(QT_TRANSLATE_NOOP("SecondsTable", "Error of %1, dBFS")).arg(letter)
            << translatedSeconds(QT_TRANSLATE_NOOP("SecondsTable", "Ground truth for %1, dBFS")).arg(letter);
        seconds = std::max(seconds, sources[which]->seconds.size());
    }
    for (std::size_t second = 0; second < seconds; ++second) {
        QStringList row = {QString::number(second)};
        for (const auto& source : sources) {
            if (!source)
                continue;
            if (second >= source->seconds.size()) {
                row << QString() << QString() << QString();
                continue;
            }
            const SecondScore& score = source->seconds[second];
            row << (score.sdr ? decibelNumber(*score.sdr) : QString()) << levelNumber(score.errorEnergy)
                << levelNumber(score.truthEnergy);
        }
        table.rows.push_back(row);
    }
    return table;
}

} // namespace headroom::ui
