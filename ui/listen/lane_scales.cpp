// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/lane_scales.h"

#include "ui/theme/palette.h"
#include "ui/theme/typography.h"

#include <QCoreApplication>
#include <QPainter>

#include <cmath>

namespace headroom::ui {
namespace {

QString frequencyLabel(double hertz) {
    constexpr double kilo = 1000;
    return hertz < kilo ? QString::number(hertz) : QString::number(hertz / kilo) + QLatin1Char('k');
}

struct LevelMark {
    int decibels = 0;
    double y = 0; ///< above the center
};

std::vector<LevelMark> levelMarks(const QRectF& area, double magnification) {
    const double half = area.height() / 2;
    std::vector<LevelMark> marks;
    for (const int decibels : labeledLevels(half * magnification, half, em(1.1)))
        marks.push_back({decibels, half * magnification * std::pow(10, decibels / 20.0)});
    return marks;
}

} // namespace

std::vector<double> labeledFrequencies(FrequencyScale scale, int sampleRate, double height, double spacing) {
    std::vector<double> labeled;
    double lowest = spacing / 2; // of the next label
    for (const double hertz :
         {50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0, 20000.0, 50000.0}) {
        const double y = heightOf(scale, hertz, sampleRate) * height;
        if (y < lowest || y > height - spacing / 2)
            continue;
        labeled.push_back(hertz);
        lowest = y + spacing;
    }
    return labeled;
}

std::vector<int> labeledLevels(double height, double available, double spacing) {
    std::vector<int> labeled;
    double highest = available; // of the next label
    constexpr int step = 6;
    constexpr int lowest = -72;
    for (int decibels = 0; decibels >= lowest; decibels -= step) {
        const double y = height * std::pow(10, decibels / 20.0);
        if (y > highest)
            continue;
        if (y < spacing)
            break; // too near to the center
        labeled.push_back(decibels);
        highest = y - spacing;
    }
    return labeled;
}

void paintFrequencyScale(QPainter& painter, const QRectF& area, FrequencyScale scale, int sampleRate) {
    painter.setFont(textFont(TextSize::Dense));
    const double line = painter.fontMetrics().height();
    for (const double hertz : labeledFrequencies(scale, sampleRate, area.height(), line)) {
        const double y = area.bottom() - heightOf(scale, hertz, sampleRate) * area.height();
        const QRectF place(em(0.6), y - line / 2, em(3), line);
        for (const auto& [offset, color] :
             {std::pair(1, QColor(0, 0, 0, 160)), {0, QColor(255, 255, 255, 210)}}) {
            painter.setPen(color);
            painter.drawLine(QPointF(0, y + offset), QPointF(em(0.4), y + offset));
            painter.drawText(place.translated(offset, offset), Qt::AlignLeft | Qt::AlignVCenter,
                             frequencyLabel(hertz));
        }
    }
}

void paintLevelLines(QPainter& painter, const QRectF& area, double magnification, const Palette& colors) {
    const double middle = area.center().y();
    painter.setPen(colors.grid);
    painter.drawLine(QPointF(0, middle), QPointF(area.width(), middle));
    for (const LevelMark& mark : levelMarks(area, magnification)) {
        for (const double side : {-1, 1})
            painter.drawLine(QPointF(0, middle + side * mark.y),
                             QPointF(area.width(), middle + side * mark.y));
    }
}

void paintLevelLabels(QPainter& painter, const QRectF& area, double magnification, const Palette& colors) {
    painter.setFont(textFont(TextSize::Dense));
    const double line = painter.fontMetrics().height();
    for (const LevelMark& mark : levelMarks(area, magnification)) {
        const QString text = QCoreApplication::translate("LaneView", QT_TRANSLATE_NOOP("LaneView", "%1 dB"))
                                 .arg(QString::number(mark.decibels).replace('-', QChar(0x2212)));
        const double width = painter.fontMetrics().horizontalAdvance(text) + em(0.4);
        const QRectF place(0, area.center().y() - mark.y + 1, width, line - 1);
        QColor back = colors.plot;
        back.setAlphaF(0.75F);
        painter.fillRect(place, back); // so that the waveform does not hide it
        painter.setPen(colors.secondText);
        painter.drawText(place, Qt::AlignCenter, text);
    }
}

} // namespace headroom::ui
