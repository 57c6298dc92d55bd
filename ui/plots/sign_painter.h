#pragma once

#include "ui/plots/readout.h"

class QPainter;
class QRect;

namespace headroom::ui {

/// Draws what stands for a line, a point or an area of a chart beside its name.
void paintSign(QPainter& painter, Sign sign, const QColor& color, const QRect& box);

} // namespace headroom::ui
