// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/forecast_text.h"

#include "core/config/option_table.h"
#include "core/config/rank_share.h"
#include "core/view/stop_forecast.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/option_text.h"
#include "ui/memory/forecast_model.h"
#include "ui/memory/timeline_text.h"
#include "ui/text/memory_text.h"
#include "ui/text/time_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <cmath>

namespace headroom::ui {
namespace {

QString translatedForecast(const char* text) {
    return QCoreApplication::translate("Verdict", text);
}

QString headlineOf(const Forecast& forecast, const ForecastModel& model) {
    const char* text = nullptr;
    const bool here = model.isLocalCard();
    switch (forecast.verdict) {
    case Verdict::Fits:
        text = here ? QT_TRANSLATE_NOOP("Verdict", "Fits: %1 of %2 GiB")
                    : QT_TRANSLATE_NOOP("Verdict", "Would fit: %1 of %2 GiB");
        break;
    case Verdict::Tight:
        text = here ? QT_TRANSLATE_NOOP("Verdict", "Tight: %1 of %2 GiB")
                    : QT_TRANSLATE_NOOP("Verdict", "Would be tight: %1 of %2 GiB");
        break;
    case Verdict::DoesNotFit:
        text = here ? QT_TRANSLATE_NOOP("Verdict", "Won't fit: %1 of %2 GiB")
                    : QT_TRANSLATE_NOOP("Verdict", "Wouldn't fit: %1 of %2 GiB");
        break;
    }
    return translatedForecast(text).arg(gibNumber(forecast.deviceTotal), gibNumber(model.card().capacity));
}

QString roomText(const Forecast& forecast, const Card& card) {
    const std::int64_t rest = card.capacity - forecast.deviceTotal;
    if (forecast.verdict == Verdict::Fits)
        return translatedForecast(QT_TRANSLATE_NOOP("Verdict", "%1 left.")).arg(bytesText(rest));
    if (rest >= 0)
        return translatedForecast(
                   QT_TRANSLATE_NOOP("Verdict", "Only %1 left: starting another program may stop the run."))
            .arg(bytesText(rest));
    if (forecast.verdict == Verdict::Tight)
        return translatedForecast(
                   QT_TRANSLATE_NOOP("Verdict",
                                     "%1 over: fits only by releasing cached memory, which takes time."))
            .arg(bytesText(-rest));
    if (forecast.peakPhase() != RunPhase::Step)
        return translatedForecast(QT_TRANSLATE_NOOP("Verdict", "%1 over, in validation."))
            .arg(bytesText(-rest));
    const TimelineSpan* span = spanAt(forecast, forecast.peakEvent);
    if (span == nullptr)
        return translatedForecast(QT_TRANSLATE_NOOP("Verdict", "%1 over.")).arg(bytesText(-rest));
    return translatedForecast(QT_TRANSLATE_NOOP("Verdict", "%1 over, in %2."))
        .arg(bytesText(-rest), spanText(*span));
}

QString assumedText(const ForecastModel& model) {
    if (model.isCpuChosen())
        return translatedForecast(QT_TRANSLATE_NOOP("Verdict", "On the CPU, in host memory."));
    const QString others = gibNumber(model.others(), 2);
    if (model.othersMeasured())
        return translatedForecast(QT_TRANSLATE_NOOP("Verdict", "Other programs hold %1 GiB.")).arg(others);
    return (model.isLocalCard()
                ? translatedForecast(QT_TRANSLATE_NOOP("Verdict", "%1 GiB assumed for other programs."))
                : translatedForecast(QT_TRANSLATE_NOOP(
                      "Verdict", "Not this machine's card; %1 GiB assumed for other programs.")))
        .arg(others);
}

/// What differs with several ranks.
QString ranksText(const ForecastModel& model) {
    if (model.ranks() == 1)
        return {};
    QString one = QCoreApplication::translate("Verdict", "One of %n ranks.", nullptr, model.ranks());
    const Forecast& forecast = *model.forecast();
    if (forecast.exchangeHigh == 0)
        return one;
    return one + QLatin1Char(' ') +
           translatedForecast(QT_TRANSLATE_NOOP("Verdict", "NCCL takes %1 to %2 of the card, estimated."))
               .arg(bytesText(forecast.exchangeLow), bytesText(forecast.exchangeHigh));
}

QString reserveText(const Forecast& forecast) {
    if (forecast.reserve == 0)
        return {};
    return translatedForecast(QT_TRANSLATE_NOOP("Verdict", "%1 kept free for them."))
        .arg(bytesText(forecast.reserve));
}

/// Why training runs on the CPU, on a machine without a usable card.
QString noUsableCardSentence(const ForecastModel& model) {
    if (model.noUsableCard().isEmpty())
        return {};
    return translatedForecast(QT_TRANSLATE_NOOP("Verdict", "Training here uses the CPU: %1"))
        .arg(model.noUsableCard());
}

QString measuredText(const Forecast& forecast) {
    if (forecast.measurements == 0)
        return {};
    const double percent = forecast.lastError * 100;
    return translatedForecast(
               QT_TRANSLATE_NOOP("Verdict", "Measured here %1 times; the last forecast was off by %2 %."))
        .arg(QString::number(forecast.measurements),
             (percent > 0 ? QStringLiteral("+") : QString()) + QString::number(percent, 'f', 1));
}

QString speedText(double relative) {
    const long percent = std::lround((relative - 1) * 100);
    if (percent == 0)
        return {};
    const QString text = percent > 0 ? translatedForecast(QT_TRANSLATE_NOOP("Verdict", ", %1 % slower"))
                                     : translatedForecast(QT_TRANSLATE_NOOP("Verdict", ", %1 % faster"));
    return text.arg(std::abs(percent));
}

/// The name without a nominal size such as "12 GB", which the capacity repeats.
QString shortCardName(const Card& card) {
    static const QRegularExpression size(QStringLiteral(" \\d+ GB$"));
    return QString::fromStdString(card.name).remove(size);
}

/// "8 GiB", "7.5 GiB"
QString capacityText(std::int64_t bytes) {
    return bytesText(bytes).replace(QStringLiteral(".0 "), QStringLiteral(" "));
}

} // namespace

ForecastText forecastText(const ForecastModel& model) {
    if (!model.problem().isEmpty()) {
        const bool divides = canShareSteps(model.config().config().training, model.ranks());
        const char* headline = divides ? QT_TRANSLATE_NOOP("Verdict", "Invalid model")
                                       : QT_TRANSLATE_NOOP("Verdict", "Steps cannot be divided");
        return {translatedForecast(headline), {}, model.problem()};
    }
    if (model.forecast() == nullptr)
        return {};
    const Forecast& forecast = *model.forecast();
    QStringList detail = {roomText(forecast, model.card()),
                          ranksText(model),
                          noUsableCardSentence(model),
                          assumedText(model),
                          reserveText(forecast),
                          measuredText(forecast)};
    detail.removeAll(QString());
    return {headlineOf(forecast, model), epochText(forecast.time), detail.join(QLatin1Char(' '))};
}

QString cardText(const ForecastModel& model, int index) {
    const Card& card = model.cards()[static_cast<std::size_t>(index)];
    QString text = QStringLiteral("%1, %2").arg(shortCardName(card), capacityText(card.capacity));
    if (model.isOtherCard(index))
        return translatedForecast(QT_TRANSLATE_NOOP("Verdict", "Other: %1, like %2"))
            .arg(capacityText(card.capacity), shortCardName(card));
    if (index >= model.localCards())
        return text;
    if (model.localCards() > 1)
        return translatedForecast(QT_TRANSLATE_NOOP("Verdict", "%1 (here, %2)"))
            .arg(text, QString::fromStdString(card.device));
    return translatedForecast(QT_TRANSLATE_NOOP("Verdict", "%1 (here)")).arg(text);
}

QString fitName(const Fit& fit) {
    QStringList parts;
    for (const Fit::Change& change : fit.changes) {
        const Option* option = findOption(change.key);
        const QString title = option == nullptr ? QString::fromStdString(change.key) : optionTitle(*option);
        const bool isSwitch = option != nullptr && option->type == OptionType::Boolean;
        const QString value =
            isSwitch ? optionValueText(change.after == "true") : QString::fromStdString(change.after);
        parts << title + QLatin1Char(' ') + value;
    }
    return parts.join(QStringLiteral(", "));
}

QString fitText(const Fit& fit) {
    const QString text =
        translatedForecast(QT_TRANSLATE_NOOP("Verdict", "%1: %2, %3%4"))
            .arg(fitName(fit), bytesText(fit.forecast.deviceTotal),
                 epochText(stopForecast(fit.forecast).epoch), speedText(fit.relativeStepTime));
    return fit.forecast.verdict == Verdict::Tight
               ? translatedForecast(QT_TRANSLATE_NOOP("Verdict", "%1, tight")).arg(text)
               : text;
}

} // namespace headroom::ui
