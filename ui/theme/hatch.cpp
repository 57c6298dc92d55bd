// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/hatch.h"

#include "ui/theme/typography.h"

#include <QPainter>

#include <algorithm>

namespace headroom::ui {

void paintHatch(QPainter& painter, const QRectF& area, const QColor& color) {
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1));
    const double gap = std::max(4, em(0.45));
    const double height = area.height();
    for (double x = area.left() - height; x < area.right(); x += gap)
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + height, area.top()));
    painter.restore();
}

} // namespace headroom::ui
