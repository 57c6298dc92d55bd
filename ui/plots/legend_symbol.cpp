// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/legend_symbol.h"

#include "ui/theme/hatch.h"

#include <QPainter>
#include <QPolygonF>

namespace headroom::ui {

void paintLegendSymbol(QPainter& painter, LegendSymbol symbol, const QColor& color, const QRect& box) {
    const QPointF center = QRectF(box).center();
    const double half = box.width() / 2.0 - 2;
    const double point = box.height() / 5.0;
    const QRectF swatch(center.x() - half / 1.5, center.y() - point, half * 1.33, 2 * point);
    QColor shown = color;
    if (symbol == LegendSymbol::Faint)
        shown.setAlphaF(color.alphaF() * 0.45F);
    painter.setBrush(Qt::NoBrush);
    const bool dotted = symbol == LegendSymbol::DashDotted;
    painter.setPen(QPen(shown, 2,
                        symbol == LegendSymbol::Dashed ? Qt::DashLine
                        : dotted                       ? Qt::DashDotLine
                                                       : Qt::SolidLine));
    switch (symbol) {
    case LegendSymbol::Line:
    case LegendSymbol::Dashed:
    case LegendSymbol::DashDotted:
    case LegendSymbol::Faint:
        painter.drawLine(center - QPointF(half, 0), center + QPointF(half, 0));
        break;
    case LegendSymbol::Dot:
        painter.setBrush(shown);
        painter.drawEllipse(center, point, point);
        break;
    case LegendSymbol::Diamond:
        painter.setPen(Qt::NoPen);
        painter.setBrush(shown);
        painter.drawPolygon(QPolygonF({center - QPointF(0, 2 * point), center + QPointF(2 * point, 0),
                                       center + QPointF(0, 2 * point), center - QPointF(2 * point, 0)}));
        break;
    case LegendSymbol::Square:
        painter.drawRect(QRectF(center.x() - point, center.y() - point, 2 * point, 2 * point));
        break;
    case LegendSymbol::Area:
        painter.fillRect(swatch, shown);
        break;
    case LegendSymbol::Hatch:
        paintHatch(painter, swatch, shown);
        break;
    }
}

} // namespace headroom::ui
