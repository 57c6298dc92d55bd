// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/text/time_text.h"

#include "ui/text/memory_text.h"

#include <QCoreApplication>

#include <array>

namespace headroom::ui {
namespace {

QString translatedTime(const char* text) {
    return QCoreApplication::translate("Time", text);
}

/// A time in each ScaledTime::Unit: as one number, and as a range.
struct UnitWords {
    const char* one;
    const char* range;
};

constexpr std::array unitWords = {
    UnitWords{QT_TRANSLATE_NOOP("Time", "%1 ms"), QT_TRANSLATE_NOOP("Time", "%1 to %2 ms")},
    UnitWords{QT_TRANSLATE_NOOP("Time", "%1 s"), QT_TRANSLATE_NOOP("Time", "%1 to %2 s")},
    UnitWords{QT_TRANSLATE_NOOP("Time", "%1 min"), QT_TRANSLATE_NOOP("Time", "%1 to %2 min")},
    UnitWords{QT_TRANSLATE_NOOP("Time", "%1 h"), QT_TRANSLATE_NOOP("Time", "%1 to %2 h")},
    UnitWords{QT_TRANSLATE_NOOP("Time", "%1 d"), QT_TRANSLATE_NOOP("Time", "%1 to %2 d")},
};

} // namespace

QString timeText(const TimeRange& time) {
    const ScaledTime scaled = scaledTime(time.low, time.high);
    const UnitWords& words = unitWords.at(static_cast<std::size_t>(scaled.unit));
    const QString low = QString::fromStdString(scaled.low);
    if (scaled.low == scaled.high)
        return translatedTime(words.one).arg(low);
    return translatedTime(words.range).arg(low, QString::fromStdString(scaled.high));
}

QString epochText(const std::optional<TimeRange>& epoch) {
    return epoch ? translatedTime(QT_TRANSLATE_NOOP("Time", "about %1 an epoch")).arg(timeText(*epoch))
                 : translatedTime(QT_TRANSLATE_NOOP("Time", "time unknown"));
}

QString epochText(const std::optional<StepTime>& time) {
    if (!time)
        return epochText(std::optional<TimeRange>());
    return (time->source == TimeSource::Published
                ? translatedTime(QT_TRANSLATE_NOOP("Time", "%1, not measured"))
                : translatedTime(QT_TRANSLATE_NOOP("Time", "%1, measured")))
        .arg(epochText(std::optional(time->epoch)));
}

QString verdictText(Verdict verdict, const std::optional<TimeRange>& epoch) {
    if (verdict == Verdict::DoesNotFit)
        return verdictText(verdict);
    return translatedTime(QT_TRANSLATE_NOOP("Time", "%1, %2")).arg(verdictText(verdict), epochText(epoch));
}

QString stepTimesText(const std::optional<StepTime>& time) {
    if (!time)
        return translatedTime(QT_TRANSLATE_NOOP(
            "Time", "Time unknown: run `headroom calibrate` on the machine that has this device."));
    const char* text =
        time->source == TimeSource::Published
            ? QT_TRANSLATE_NOOP("Time", "Step %1, update %2, epoch %3, run %4: from the card's published "
                                        "figures, not measured")
            : QT_TRANSLATE_NOOP("Time", "Step %1, update %2, epoch %3, run %4: measured on this device");
    return translatedTime(text).arg(timeText(time->step), timeText(time->update), timeText(time->epoch),
                                    timeText(time->run));
}

} // namespace headroom::ui
