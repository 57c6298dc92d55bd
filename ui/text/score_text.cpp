// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/text/score_text.h"

#include <QStringList>

namespace headroom::ui {

QString metricText(Metric metric) {
    return QString::fromLatin1(metricInfo(metric).name);
}

QString scoreText(const StemScore& scores, Metric metric) {
    const MetricInfo& info = metricInfo(metric);
    const std::optional<double>& score = scores.*info.score;
    if (!score)
        return {};
    const QString unit = QString::fromLatin1(info.unit);
    return metricText(metric) + QLatin1Char(' ') + QString::number(*score, 'f', 2) +
           (unit.isEmpty() ? unit : QLatin1Char(' ') + unit);
}

QString scoresText(const ValidationDone& done) {
    QStringList texts;
    for (const auto& [stem, scores] : done.stems) {
        if (const QString text = scoreText(scores, bestMetricOf(done)); !text.isEmpty())
            texts << QString::fromStdString(stem) + QLatin1Char(' ') + text;
    }
    return texts.join(QStringLiteral(", "));
}

} // namespace headroom::ui
