// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/snapshot_text.h"

#include "ui/text/memory_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace headroom::ui {
namespace {

QString translatedSnapshot(const char* text) {
    return QCoreApplication::translate("Snapshot", text);
}

QString confText(const AllocatorSettings& settings) {
    return QString::fromStdString(allocatorConfText(settings));
}

QString settingsVerdict(const SettingsReplay& replay, const Card& card) {
    if (replay.verdict == Verdict::Tight && replay.deviceTotal > card.capacity)
        return translatedSnapshot(QT_TRANSLATE_NOOP("Snapshot", "fits only by releasing cached memory"));
    return verdictText(replay.verdict);
}

} // namespace

QString snapshotVerdict(const SnapshotReplay& replay, const Card& card) {
    const SettingsReplay& best = replay.shown();
    const QString conf = confText(best.settings);
    const QString memory = translatedSnapshot(QT_TRANSLATE_NOOP("Snapshot", "%1 of %2"))
                               .arg(bytesText(best.deviceTotal), bytesText(card.capacity));
    const char* text = nullptr;
    if (!replay.best)
        text = QT_TRANSLATE_NOOP("Snapshot", "The program would not fit %1: %2.");
    else if (best.verdict == Verdict::Tight)
        text = conf.isEmpty()
                   ? QT_TRANSLATE_NOOP("Snapshot", "The program would only just fit %1: %2.")
                   : QT_TRANSLATE_NOOP("Snapshot", "The program would only just fit %1, with %3: %2.");
    else
        text = conf.isEmpty() ? QT_TRANSLATE_NOOP("Snapshot", "The program would fit %1: %2.")
                              : QT_TRANSLATE_NOOP("Snapshot", "The program would fit %1 with %3: %2.");
    QString sentence = translatedSnapshot(text);
    sentence.replace(QStringLiteral("%3"), QStringLiteral("PYTORCH_ALLOC_CONF=") + conf);
    return sentence.arg(QString::fromStdString(card.name), memory);
}

QString snapshotDetail(const SnapshotReplay& replay) {
    QStringList lines = {
        translatedSnapshot(
            QT_TRANSLATE_NOOP("Snapshot",
                              "Device %1 of the recording: %2 entries, %3 requested at the peak."))
            .arg(QString::number(replay.device), QLocale().toString(qint64{replay.entries}),
                 bytesText(replay.recordedRequested))};
    for (const std::string& notice : replay.notices) {
        const QString text = QString::fromStdString(notice);
        lines << text.left(1).toUpper() + text.mid(1) + QLatin1Char('.');
    }
    return lines.join(QLatin1Char('\n'));
}

TableData snapshotTable(const SnapshotReplay& replay, const Card& card) {
    TableData table{.header = {QStringLiteral("PYTORCH_ALLOC_CONF"),
                               translatedSnapshot(QT_TRANSLATE_NOOP("Snapshot", "Allocated")),
                               translatedSnapshot(QT_TRANSLATE_NOOP("Snapshot", "Reserved")),
                               translatedSnapshot(QT_TRANSLATE_NOOP("Snapshot", "Total on device")),
                               translatedSnapshot(QT_TRANSLATE_NOOP("Snapshot", "Verdict"))}};
    for (const SettingsReplay& each : replay.settings) {
        const QString conf = confText(each.settings);
        table.rows.push_back(
            {conf.isEmpty() ? translatedSnapshot(QT_TRANSLATE_NOOP("Snapshot", "default")) : conf,
             bytesText(each.peakAllocated), bytesText(each.peakReserved), bytesText(each.deviceTotal),
             settingsVerdict(each, card)});
    }
    return table;
}

} // namespace headroom::ui
