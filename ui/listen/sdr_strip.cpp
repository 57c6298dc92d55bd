#include "ui/listen/sdr_strip.h"

#include "ui/listen/time_axis.h"
#include "ui/text/decibel_text.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace headroom::ui {
namespace {

constexpr double highest = 20; ///< dB, at the top
constexpr double lowest = -10;

} // namespace

SdrStrip::SdrStrip(TimeAxis& axis, const Theme& theme, QWidget* parent) : TimeView(axis, theme, parent) {
    setMinimumHeight(em(7));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("SDR by second"));
}

void SdrStrip::show(const std::array<std::optional<SdrAnswer>, 2>& sources, int heard, bool neutral) {
    sources_ = sources;
    heard_ = heard;
    neutral_ = neutral;
    QString text;
    if (const auto second = worst(); second && !neutral_)
        text = tr("Worst at %1. %2").arg(timeText(*second, 0), describe(*second));
    setAccessibleDescription(text);
    invalidate();
}

std::optional<int> SdrStrip::worst() const {
    const auto& answer = sources_[static_cast<std::size_t>(heard_)];
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
    return margin +
           (highest - std::clamp(decibels, lowest, highest)) / (highest - lowest) * (height() - 1.3 * margin);
}

void SdrStrip::paintContent(QPainter& painter) {
    const Palette& colors = theme().palette();
    painter.setFont(textFont(TextSize::Dense));
    for (const int decibels : {0, 10, 20}) {
        painter.setPen(decibels == 0 ? colors.strongLine : colors.grid);
        painter.drawLine(QPointF(0, yOf(decibels)), QPointF(width(), yOf(decibels)));
        painter.setPen(colors.faintText);
        painter.drawText(QRectF(0, yOf(decibels) - em(1.1), width() - em(0.3), em(1.1)),
                         Qt::AlignRight | Qt::AlignBottom, tr("%1 dB").arg(decibels));
    }
    if (neutral_) {
        painter.setPen(colors.faintText);
        painter.drawText(rect(), Qt::AlignCenter, tr("hidden while X is heard"));
        return;
    }
    const auto& front = sources_[static_cast<std::size_t>(heard_)];
    const auto worstSecond = worst();
    for (const int source : {1 - heard_, heard_}) {
        const auto& answer = sources_[static_cast<std::size_t>(source)];
        for (std::size_t i = 0; answer && i < answer->seconds.size(); ++i) {
            if (answer->seconds[i].sdr)
                paintBar(painter, source, static_cast<int>(i), *answer->seconds[i].sdr);
            else if (source == heard_)
                paintSilence(painter, static_cast<int>(i));
        }
    }
    if (front && front->cSdr) {
        painter.setPen(QPen(colors.series[static_cast<std::size_t>(heard_)], 1, Qt::DashLine));
        painter.drawLine(QPointF(0, yOf(*front->cSdr)), QPointF(width(), yOf(*front->cSdr)));
    }
    if (worstSecond) {
        const double rate = axis().sampleRate();
        const double left = axis().xOf(*worstSecond * rate);
        painter.setPen(colors.doesNotFit);
        const double right = axis().xOf((*worstSecond + 1) * rate);
        painter.drawRect(QRectF(left, 0.5, std::max(2.0, right - left), height() - 1.5));
        if (right - left > em(3))
            painter.drawText(QRectF(left, 1, right - left, em(1.2)), Qt::AlignCenter, tr("worst"));
    }
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
    if (source == 0)
        painter.fillRect(area, color);
    else if (bar < 3)
        painter.fillRect(area, color);
    else {
        painter.setPen(color);
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    if (source == heard_ && each > em(3.2)) {
        painter.setPen(colors.secondText);
        const QRectF place(left, std::max(0.0, area.top() - em(1.1)), each, em(1.1));
        painter.drawText(place, Qt::AlignCenter, decibelText(decibels));
    }
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
        const auto& answer = sources_[source];
        if (!answer || second < 0 || second >= std::ssize(answer->seconds))
            continue;
        const SecondScore& score = answer->seconds[static_cast<std::size_t>(second)];
        const QString name = source == 0 ? QStringLiteral("A") : QStringLiteral("B");
        lines << (score.sdr ? tr("%1: SDR %2 dB; stem %3 dBFS, error %4 dBFS RMS")
                                  .arg(name)
                                  .arg(decibelText(*score.sdr))
                                  .arg(levelText(score.referenceEnergy), levelText(score.errorEnergy))
                            : tr("%1: silent, left out").arg(name));
    }
    return lines.join('\n');
}

bool SdrStrip::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && !neutral_) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto second = static_cast<int>(axis().frameAt(help->pos().x()) / axis().sampleRate());
        QToolTip::showText(help->globalPos(), describe(second), this);
        return true;
    }
    return TimeView::event(event);
}

} // namespace headroom::ui
