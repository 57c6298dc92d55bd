// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/text/mark_text.h"

#include "core/values/duration.h"

#include <QCoreApplication>

namespace headroom::ui {
namespace {

/// One of our messages as a sentence: details are sentences.
QString sentence(const std::string& message) {
    const QString text = QString::fromStdString(message);
    return text.left(1).toUpper() + text.mid(1);
}

/// Text of each kind of event that is shown as a mark.
class Words {
    Q_DECLARE_TR_FUNCTIONS(Words)

public:
    explicit Words(double seconds) : seconds_(seconds) {}

    MarkText operator()(const OptionChanged& event) const {
        const QString key = QString::fromStdString(event.key);
        const QString change =
            tr("%1 → %2").arg(QString::fromStdString(event.before), QString::fromStdString(event.after));
        return {MarkKind::Change, key.section(QLatin1Char('.'), -1) + QLatin1Char(' ') + change,
                tr("%1: %2, from step %3 on").arg(key, change).arg(event.step)};
    }
    MarkText operator()(const OutOfMemory& event) const {
        return {MarkKind::Fault,
                tr("out of memory, batch %1 → %2").arg(event.microBatchBefore).arg(event.microBatchAfter),
                sentence(event.message)};
    }
    MarkText operator()(const NonFinite& event) const {
        QStringList examples;
        for (const std::string& example : event.examples)
            examples << QString::fromStdString(example);
        return {MarkKind::Warning, tr("update skipped: not finite"),
                tr("%1 skipped so far. In the batch: %2")
                    .arg(event.count)
                    .arg(examples.join(QStringLiteral("; ")))};
    }
    MarkText operator()(const SaveFailed& event) const {
        return {MarkKind::Warning, tr("could not save"), sentence(event.reason)};
    }
    MarkText operator()(const Paused&) const {
        return {
            MarkKind::Note, seconds_ > 0 ? tr("paused %1").arg(durationText(seconds_)) : tr("paused"), {}};
    }
    MarkText operator()(const Started& event) const {
        return {MarkKind::Note, tr("resumed"),
                tr("Resumed at step %1 by version %2")
                    .arg(event.step)
                    .arg(QString::fromStdString(event.version))};
    }
    MarkText operator()(const Stopped& event) const {
        if (event.unsaved.empty())
            return {MarkKind::Note, tr("stopped"), {}};
        return {MarkKind::Warning, tr("stopped, not all saved"), sentence(event.unsaved)};
    }
    MarkText operator()(const Failed& event) const {
        return {MarkKind::Fault, tr("failed"), sentence(event.message + '\n' + event.remedy)};
    }
    MarkText operator()(const Notice& event) const {
        return {MarkKind::Note, QString::fromStdString(event.text), sentence(event.text)};
    }
    /// All other events have no mark.
    template <typename Event>
    MarkText operator()(const Event&) const {
        return {};
    }

private:
    double seconds_;
};

} // namespace

MarkText markText(const RunHistory::Mark& mark) {
    return std::visit(Words(mark.seconds), mark.event);
}

QString durationText(double seconds) {
    const auto duration = inLargestUnits(seconds);
    if (!duration)
        return QCoreApplication::translate("Duration", "unknown");
    const auto text = [&duration](const char* format) {
        return QCoreApplication::translate("Duration", format).arg(duration->whole).arg(duration->rest);
    };
    switch (duration->unit) {
    case Duration::Unit::Seconds:
        break;
    case Duration::Unit::Minutes:
        return text(QT_TRANSLATE_NOOP("Duration", "%1 min %2 s"));
    case Duration::Unit::Hours:
        return text(QT_TRANSLATE_NOOP("Duration", "%1 h %2 min"));
    case Duration::Unit::Days:
        return text(QT_TRANSLATE_NOOP("Duration", "%1 d %2 h"));
    }
    return QCoreApplication::translate("Duration", "%1 s").arg(duration->whole);
}

QString stepTimeText(double seconds) {
    const auto text = [](const char* format, double value) {
        const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        return QCoreApplication::translate("Duration", format).arg(QString::number(value, 'f', decimals));
    };
    constexpr double milli = 1e-3;
    constexpr double micro = 1e-6;
    if (seconds == 0)
        return durationText(0);
    if (seconds >= 0.9995)
        return text(QT_TRANSLATE_NOOP("Duration", "%1 s"), seconds);
    if (seconds >= 0.9995 * milli)
        return text(QT_TRANSLATE_NOOP("Duration", "%1 ms"), seconds / milli);
    return text(QT_TRANSLATE_NOOP("Duration", "%1 µs"), seconds / micro);
}

} // namespace headroom::ui
