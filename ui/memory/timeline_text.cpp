// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/timeline_text.h"

#include "ui/text/memory_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>
#include <map>

namespace headroom::ui {
namespace {

QString translatedTimeline(const char* text) {
    return QCoreApplication::translate("Timeline", text);
}

bool isStepOfRun(const TimelineSpan& span) {
    return span.phase == "first_step" || span.phase == "next_step" || span.phase == "step_after";
}

} // namespace

const TimelineSpan* spanAt(const Forecast& forecast, std::int64_t event) {
    const auto found =
        std::find_if(forecast.spans.begin(), forecast.spans.end(),
                     [event](const TimelineSpan& span) { return span.begin <= event && event < span.end; });
    return found == forecast.spans.end() ? nullptr : &*found;
}

QString phaseTitle(const std::string& phase) {
    static const std::map<std::string, const char*, std::less<>> titles = {
        {"forward", QT_TRANSLATE_NOOP("Timeline", "Forward")},
        {"backward", QT_TRANSLATE_NOOP("Timeline", "Backward")},
        {"update", QT_TRANSLATE_NOOP("Timeline", "Update")},
        {"start", QT_TRANSLATE_NOOP("Timeline", "Start")},
        {"trial", QT_TRANSLATE_NOOP("Timeline", "Trial of validation")},
        {"first_step", QT_TRANSLATE_NOOP("Timeline", "First step")},
        {"next_step", QT_TRANSLATE_NOOP("Timeline", "Next steps")},
        {"validation", QT_TRANSLATE_NOOP("Timeline", "Validation")},
        {"checkpoint", QT_TRANSLATE_NOOP("Timeline", "Checkpoint")},
        {"step_after", QT_TRANSLATE_NOOP("Timeline", "Step after")}};
    const auto found = titles.find(phase);
    return found == titles.end() ? QString::fromStdString(phase) : translatedTimeline(found->second);
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
    return phaseTitle(module); // in the timeline of the run
}

QString spanText(const TimelineSpan& span) {
    QString module = QString::fromStdString(span.module);
    if (module.isEmpty())
        return phaseTitle(span.phase).toLower();
    if (span.phase == "forward")
        return translatedTimeline(QT_TRANSLATE_NOOP("Timeline", "forward of %1")).arg(module);
    if (span.phase == "backward")
        return translatedTimeline(QT_TRANSLATE_NOOP("Timeline", "backward of %1")).arg(module);
    if (isStepOfRun(span))
        return QStringLiteral("%1, %2").arg(phaseTitle(span.phase), phaseTitle(span.module).toLower());
    return module;
}

QString phasesText(const Forecast& forecast) {
    const auto reserved = [&](RunPhase phase) { return bytesText(forecast.phase(phase).peakReserved); };
    QString phases =
        translatedTimeline(
            QT_TRANSLATE_NOOP("Timeline", "Reserved: start %1, step %2, validation %3, checkpoint %4"))
            .arg(reserved(RunPhase::Start), reserved(RunPhase::Step), reserved(RunPhase::Validation),
                 reserved(RunPhase::Checkpoint));
    if (forecast.paused.peakReserved == 0)
        return phases;
    return phases + translatedTimeline(QT_TRANSLATE_NOOP("Timeline", "; while paused %1"))
                        .arg(bytesText(forecast.paused.peakReserved));
}

} // namespace headroom::ui
