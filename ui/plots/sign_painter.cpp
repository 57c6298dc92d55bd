#include "ui/plots/sign_painter.h"

#include "ui/theme/hatch.h"

#include <QPainter>
#include <QPolygonF>

namespace headroom::ui {

void paintSign(QPainter& painter, Sign sign, const QColor& color, const QRect& box) {
    const QPointF centre = QRectF(box).center();
    const double half = box.width() / 2.0 - 2;
    const double point = box.height() / 5.0;
    const QRectF swatch(centre.x() - half / 1.5, centre.y() - point, half * 1.33, 2 * point);
    QColor shown = color;
    if (sign == Sign::Faint)
        shown.setAlphaF(color.alphaF() * 0.45F);
    painter.setBrush(Qt::NoBrush);
    const bool dotted = sign == Sign::DashDotted;
    painter.setPen(QPen(shown, 2,
                        sign == Sign::Dashed ? Qt::DashLine
                        : dotted             ? Qt::DashDotLine
                                             : Qt::SolidLine));
    switch (sign) {
    case Sign::Line:
    case Sign::Dashed:
    case Sign::DashDotted:
    case Sign::Faint:
        painter.drawLine(centre - QPointF(half, 0), centre + QPointF(half, 0));
        break;
    case Sign::Dot:
        painter.setBrush(shown);
        painter.drawEllipse(centre, point, point);
        break;
    case Sign::Diamond:
        painter.setPen(Qt::NoPen);
        painter.setBrush(shown);
        painter.drawPolygon(QPolygonF({centre - QPointF(0, 2 * point), centre + QPointF(2 * point, 0),
                                       centre + QPointF(0, 2 * point), centre - QPointF(2 * point, 0)}));
        break;
    case Sign::Square:
        painter.drawRect(QRectF(centre.x() - point, centre.y() - point, 2 * point, 2 * point));
        break;
    case Sign::Area:
        painter.fillRect(swatch, shown);
        break;
    case Sign::Hatch:
        paintHatch(painter, swatch, shown);
        break;
    }
}

} // namespace headroom::ui
