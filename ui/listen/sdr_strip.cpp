// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/sdr_strip.h"

#include "ui/listen/time_axis.h"
#include "ui/text/decibel_text.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"

#include <QHelpEvent>
#include <QPainter>
#include <QPolygonF>
#include <QToolTip>

#include <algorithm>

namespace headroom::ui {
namespace {

constexpr double highest = 20; ///< dB, at the top
constexpr double lowestSdr = -10;

} // namespace

SdrStrip::SdrStrip(TimeAxis& axis, const Theme& theme, QWidget* parent) : TimeView(axis, theme, parent) {
    setMinimumHeight(em(7));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("SDR by second"));
}

void SdrStrip::show(const std::array<Source, 2>& sources, int heard, bool blind) {
    sources_ = sources;
    heard_ = heard;
    blind_ = blind;
    QString text;
    if (const auto second = worst(); second && !blind_)
        text = tr("Lowest SDR at %1. %2").arg(timeText(*second, 0), describe(*second));
    setAccessibleDescription(text);
    invalidate();
}

std::optional<int> SdrStrip::worst() const {
    const auto& answer = scores(heard_);
    std::optional<int> found;
    for (std::size_t i = 0; answer && i < answer->seconds.size(); ++i) {
        const auto& sdr = answer->seconds[i].sdr;
        if (sdr && (!found || *sdr < *answer->seconds[static_cast<std::size_t>(*found)].sdr))
            found = static_cast<int>(i);
    }
    return found;
}

double SdrStrip::yOf(double decibels) const {
    const double margin = em(1.2);
    return margin + (highest - std::clamp(decibels, lowestSdr, highest)) / (highest - lowestSdr) *
                        (height() - 1.3 * margin);
}

void SdrStrip::paintContent(QPainter& painter) {
    const Palette& colors = theme().palette();
    painter.setFont(textFont(TextSize::Dense));
    paintGrid(painter);
    if (blind_) {
        painter.setPen(colors.faintText);
        painter.drawText(rect(), Qt::AlignCenter, tr("hidden while X plays"));
        return;
    }
    paintSources(painter);
    paintGroundTruth(painter);
    if (const auto& front = scores(heard_); front && front->cSdr) {
        painter.setPen(QPen(colors.series[static_cast<std::size_t>(heard_)], 1, Qt::DashLine));
        painter.drawLine(QPointF(0, yOf(*front->cSdr)), QPointF(width(), yOf(*front->cSdr)));
    }
    if (const auto second = worst())
        paintWorst(painter, *second);
}

/// The playing source over the other one.
void SdrStrip::paintSources(QPainter& painter) const {
    for (const int source : {1 - heard_, heard_}) {
        const auto& answer = scores(source);
        for (std::size_t i = 0; answer && i < answer->seconds.size(); ++i) {
            if (answer->seconds[i].sdr)
                paintBar(painter, source, static_cast<int>(i), *answer->seconds[i].sdr);
            else if (source == heard_)
                paintSilence(painter, static_cast<int>(i));
        }
    }
}

void SdrStrip::paintGroundTruth(QPainter& painter) const {
    painter.setPen(theme().palette().secondText);
    for (std::size_t source = 0; source < sources_.size(); ++source) {
        if (!sources_[source].isGroundTruth)
            continue;
        const QString text = tr("%1: ground truth").arg(QChar(QLatin1Char("AB"[source])));
        const bool alone = !scores(static_cast<int>(1 - source));
        painter.drawText(rect().adjusted(em(0.4), 0, 0, alone ? 0 : -em(0.1)),
                         alone ? Qt::AlignCenter : Qt::AlignLeft | Qt::AlignBottom, text);
    }
}

void SdrStrip::paintGrid(QPainter& painter) const {
    const Palette& colors = theme().palette();
    for (const int decibels : gridLines) {
        painter.setPen(decibels == 0 ? colors.strongLine : colors.grid);
        painter.drawLine(QPointF(0, yOf(decibels)), QPointF(width(), yOf(decibels)));
    }
}

void SdrStrip::paintWorst(QPainter& painter, int second) const {
    const double rate = axis().sampleRate();
    const double left = axis().xOf(second * rate);
    const double right = axis().xOf((second + 1) * rate);
    painter.setPen(theme().palette().doesNotFit);
    painter.drawRect(QRectF(left, 0.5, std::max(2.0, right - left), height() - 1.5));
    if (right - left <= em(3))
        return;
    // At the end that the bar and its number leave free.
    const bool isNegative = *scores(heard_)->seconds[static_cast<std::size_t>(second)].sdr < 0;
    const double top = isNegative ? 1 : height() - em(1.2) - 1;
    painter.drawText(QRectF(left, top, right - left, em(1.2)), Qt::AlignCenter, tr("worst"));
}

void SdrStrip::paintBar(QPainter& painter, int source, int second, double decibels) const {
    const Palette& colors = theme().palette();
    const double rate = axis().sampleRate();
    const double left = axis().xOf(second * rate);
    const double each = axis().xOf((second + 1) * rate) - left;
    if (left > width() || left + each < 0)
        return;
    const double bar = std::max(1.0, each * 0.42);
    const double x = left + each * (source == 0 ? 0.06 : 0.52);
    const QRectF area = QRectF(QPointF(x, yOf(std::max(0.0, decibels))),
                               QPointF(x + bar, std::max(yOf(std::min(0.0, decibels)), yOf(0) + 1)));
    const QColor& color = colors.series[static_cast<std::size_t>(source)];
    if (source == 0 || bar < 3)
        painter.fillRect(area, color);
    else {
        painter.setPen(color);
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    if (decibels < lowestSdr || decibels > highest)
        paintArrow(painter, area, decibels > highest);
    if (source == heard_ && each > em(3.2)) {
        painter.setPen(colors.secondText);
        const QRectF place(left, std::max(0.0, area.top() - em(1.1)), each, em(1.1));
        painter.drawText(place, Qt::AlignCenter, decibelText(decibels));
    }
}

/// At the end of a bar that is cut off.
void SdrStrip::paintArrow(QPainter& painter, const QRectF& bar, bool up) const {
    const double half = std::min(em(0.4), static_cast<int>(bar.width() / 2) + 2);
    const double x = bar.center().x();
    const double tip = up ? bar.top() : bar.bottom();
    const double base = tip + (up ? half : -half);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().palette().text);
    painter.drawPolygon(QPolygonF({{x - half, base}, {x + half, base}, {x, tip}}));
    painter.restore();
}

void SdrStrip::paintSilence(QPainter& painter, int second) const {
    const double rate = axis().sampleRate();
    const double left = axis().xOf(second * rate);
    const QRectF area(left, yOf(0) - em(0.8), axis().xOf((second + 1) * rate) - left, em(0.8));
    painter.fillRect(area, QBrush(theme().palette().strongLine, Qt::BDiagPattern));
    if (area.width() > em(4)) {
        painter.setPen(theme().palette().faintText);
        painter.drawText(area.translated(0, -em(1.2)), Qt::AlignCenter, tr("silent"));
    }
}

QString SdrStrip::describe(int second) const {
    QStringList lines;
    for (std::size_t source = 0; source < 2; ++source) {
        const auto& answer = sources_[source].sdr;
        if (!answer || second < 0 || second >= std::ssize(answer->seconds))
            continue;
        const SecondScore& score = answer->seconds[static_cast<std::size_t>(second)];
        const QString name = source == 0 ? QStringLiteral("A") : QStringLiteral("B");
        lines << (score.sdr ? tr("%1: SDR %2 dB; ground truth %3 dBFS, error %4 dBFS (RMS)")
                                  .arg(name, decibelText(*score.sdr), levelText(score.truthEnergy),
                                       levelText(score.errorEnergy))
                            : tr("%1: silent, not scored").arg(name));
    }
    return lines.join('\n');
}

bool SdrStrip::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && !blind_) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto second = static_cast<int>(axis().frameAt(help->pos().x()) / axis().sampleRate());
        QToolTip::showText(help->globalPos(), describe(second), this);
        return true;
    }
    return TimeView::event(event);
}

} // namespace headroom::ui
