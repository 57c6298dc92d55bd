// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/timeline_text.h"

#include "ui/text/memory_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace headroom::ui {
namespace {

QString translatedTimeline(const char* text) {
    return QCoreApplication::translate("Timeline", text);
}

} // namespace

const TimelineSpan* spanAt(const Forecast& forecast, std::int64_t event) {
    const auto found =
        std::find_if(forecast.spans.begin(), forecast.spans.end(),
                     [event](const TimelineSpan& span) { return span.begin <= event && event < span.end; });
    return found == forecast.spans.end() ? nullptr : &*found;
}

QString phaseTitle(const std::string& phase) {
    if (phase == "forward")
        return translatedTimeline(QT_TRANSLATE_NOOP("Timeline", "Forward"));
    if (phase == "backward")
        return translatedTimeline(QT_TRANSLATE_NOOP("Timeline", "Backward"));
    if (phase == "update")
        return translatedTimeline(QT_TRANSLATE_NOOP("Timeline", "Update"));
    return QString::fromStdString(phase);
}

QString moduleTitle(const std::string& module) {
    const QString name = QString::fromStdString(module);
    if (name.startsWith(QLatin1String("dual_path.")))
        return QLatin1Char('L') + name.section(QLatin1Char('.'), 1, 1);
    if (name.startsWith(QLatin1String("mask")))
        return translatedTimeline(QT_TRANSLATE_NOOP("Timeline", "Mask"));
    if (name.startsWith(QLatin1String("band")))
        return translatedTimeline(QT_TRANSLATE_NOOP("Timeline", "Bands"));
    if (name.startsWith(QLatin1String("loss")))
        return translatedTimeline(QT_TRANSLATE_NOOP("Timeline", "Loss"));
    if (name == QLatin1String("stft") || name == QLatin1String("istft"))
        return name.toUpper();
    return name;
}

QString spanText(const TimelineSpan& span) {
    const QString module = QString::fromStdString(span.module);
    if (module.isEmpty())
        return phaseTitle(span.phase).toLower();
    if (span.phase == "forward")
        return translatedTimeline(QT_TRANSLATE_NOOP("Timeline", "forward of %1")).arg(module);
    if (span.phase == "backward")
        return translatedTimeline(QT_TRANSLATE_NOOP("Timeline", "backward of %1")).arg(module);
    return module;
}

QString phasesText(const Forecast& forecast) {
    const auto reserved = [&](RunPhase phase) { return bytesText(forecast.phase(phase).peakReserved); };
    return translatedTimeline(
               QT_TRANSLATE_NOOP("Timeline", "Reserved: start %1, step %2, validation %3, checkpoint %4"))
        .arg(reserved(RunPhase::Start), reserved(RunPhase::Step), reserved(RunPhase::Validation),
             reserved(RunPhase::Checkpoint));
}

} // namespace headroom::ui
