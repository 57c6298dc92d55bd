// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/data/layout_text.h"

#include "ui/data/data_page.h"

#include <QStringList>

#include <algorithm>
#include <iterator>

namespace headroom::ui {
namespace {

QString layoutName(DatasetLayout layout) {
    switch (layout) {
    case DatasetLayout::SongFolders:
        return DataPage::tr("a folder per song (MUSDB18, MSST type 1)");
    case DatasetLayout::ArtistFolders:
        return DataPage::tr("a folder per artist, with a folder per song");
    case DatasetLayout::StemFolders:
        return DataPage::tr("a folder per stem (MSST type 2)");
    case DatasetLayout::StemTable:
        return DataPage::tr("a table of files (MSST type 3)");
    case DatasetLayout::TrackFolders:
        return DataPage::tr("a folder of tracks per stem");
    case DatasetLayout::MoisesDb:
        break;
    }
    return DataPage::tr("MoisesDB: stems are sums of tracks");
}

} // namespace

QString layoutText(const DatasetReport& report) {
    QStringList names;
    std::ranges::transform(report.layouts, std::back_inserter(names), layoutName);
    return names.isEmpty()
               ? QString()
               : QStringLiteral("<br>") + DataPage::tr("Layout: %1").arg(names.join(QStringLiteral("; ")));
}

} // namespace headroom::ui
