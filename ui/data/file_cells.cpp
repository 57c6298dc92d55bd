// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/data/file_cells.h"

#include "ui/data/data_page.h"
#include "ui/data/song_table.h"

#include <cmath>

namespace headroom::ui {

QStringList fileCells(const FileReport& file) {
    const QString stem = QString::fromStdString(file.title());
    if (!file.unreadable.empty())
        return {stem, DataPage::tr("cannot be read: %1").arg(QString::fromStdString(file.unreadable))};
    return {stem,
            songTime(file.seconds()),
            QString::number(file.sampleRate / 1000.0),
            peakText(file.peak),
            QString::number(file.clippedSamples),
            QStringLiteral("%1 %").arg(std::lround(file.silence * 100)),
            QString::fromStdString(file.encoding)};
}

} // namespace headroom::ui
