// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/timeline_table.h"

#include "ui/memory/timeline_text.h"
#include "ui/text/memory_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace headroom::ui {
namespace {

/// The point that holds at an event; null before the first.
const TimelinePoint* pointAt(const Forecast& forecast, std::int64_t event) {
    const auto after =
        std::upper_bound(forecast.timeline.begin(), forecast.timeline.end(), event,
                         [](std::int64_t e, const TimelinePoint& point) { return e < point.event; });
    return after == forecast.timeline.begin() ? nullptr : &*std::prev(after);
}

/// "Parameters 0.12, Gradients 0.12"
QString partsText(const TimelinePoint& point) {
    QStringList parts;
    for (const MemoryPart part : allMemoryParts)
        if (const std::int64_t bytes = point.parts[static_cast<std::size_t>(part)]; bytes > 0)
            parts << memoryPartTitle(part) + QLatin1Char(' ') + gibNumber(bytes, 2);
    return parts.join(QStringLiteral(", "));
}

} // namespace

QString thinningText(const Forecast& forecast) {
    const auto points = static_cast<std::int64_t>(forecast.timeline.size());
    if (points >= forecast.events)
        return {};
    const QLocale locale(QLocale::English);
    return QCoreApplication::translate("Timeline", "%1 of %2 allocation events; every peak is kept.")
        .arg(locale.toString(static_cast<qlonglong>(points)),
             locale.toString(static_cast<qlonglong>(forecast.events)));
}

TableData timelineTable(const Forecast& forecast) {
    TableData table;
    table.note = thinningText(forecast);
    table.header = {QStringLiteral("event"),       QStringLiteral("phase"),
                    QStringLiteral("module"),      QStringLiteral("reserved"),
                    QStringLiteral("free_blocks"), QStringLiteral("largest_free")};
    for (const MemoryPart part : allMemoryParts)
        table.header << QString::fromLatin1(memoryPartName(part));
    for (const TimelinePoint& point : forecast.timeline) {
        const TimelineSpan* span = spanAt(forecast, point.event);
        QStringList cells = {QString::number(point.event),
                             span ? QString::fromStdString(span->phase) : QString(),
                             span ? QString::fromStdString(span->module) : QString(),
                             QString::number(point.reserved),
                             QString::number(point.free.blocks),
                             QString::number(point.free.largest)};
        for (const std::int64_t bytes : point.parts)
            cells << QString::number(bytes);
        table.rows.push_back(cells);
    }
    return table;
}

TableData runTable(const Forecast& forecast) {
    TableData table = timelineTable(forecast);
    table.note =
        QCoreApplication::translate("Timeline", "All phases have the same width; every peak is kept.");
    table.header.front() = QStringLiteral("place");
    return table;
}

QString runPlaceText(const Forecast& forecast, std::int64_t place) {
    const TimelinePoint* point = pointAt(forecast, place);
    const TimelineSpan* span = spanAt(forecast, place);
    if (point == nullptr || span == nullptr)
        return {};
    return QCoreApplication::translate("Timeline", "%1: %2 GiB allocated, %3 GiB reserved (%4)")
        .arg(spanText(*span), gibNumber(point->allocated(), 2), gibNumber(point->reserved, 2),
             partsText(*point));
}

QString placeText(const Forecast& forecast, std::int64_t event) {
    const TimelinePoint* point = pointAt(forecast, event);
    if (point == nullptr)
        return {};
    const TimelineSpan* span = spanAt(forecast, event);
    const QLocale locale(QLocale::English);
    return QCoreApplication::translate("Timeline", "%1, event %2 of %3: %4 GiB allocated (%5)")
        .arg(span == nullptr ? QString() : spanText(*span), locale.toString(static_cast<qlonglong>(event)),
             locale.toString(static_cast<qlonglong>(forecast.events)), gibNumber(point->allocated(), 2),
             partsText(*point));
}

QString recordingPlaceText(const Forecast& recording, std::int64_t event) {
    const TimelinePoint* point = pointAt(recording, event);
    if (point == nullptr)
        return {};
    const QLocale locale(QLocale::English);
    return QCoreApplication::translate("Timeline", "Event %1 of %2: %3 GiB allocated, %4 GiB reserved")
        .arg(locale.toString(static_cast<qlonglong>(event)),
             locale.toString(static_cast<qlonglong>(recording.events)), gibNumber(point->allocated(), 2),
             gibNumber(point->reserved, 2));
}

QString fragmentationText(const Forecast& forecast, std::int64_t event) {
    const TimelinePoint* point = pointAt(forecast, event);
    if (point == nullptr || point->free.blocks == 0)
        return {};
    return QCoreApplication::translate("Timeline", "%1 cached but unused; free blocks: %2, the largest %3")
        .arg(bytesText(point->reserved - point->allocated()), QString::number(point->free.blocks),
             bytesText(point->free.largest));
}

} // namespace headroom::ui
