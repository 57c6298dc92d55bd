#pragma once

#include <QColor>

class QPainter;
class QRectF;

namespace headroom::ui {

/// Rising lines over an area, so that it can be told from others without its colour.
void paintHatch(QPainter& painter, const QRectF& area, const QColor& color);

} // namespace headroom::ui
