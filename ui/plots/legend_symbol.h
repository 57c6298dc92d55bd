// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/plots/readout.h"

class QPainter;
class QRect;

namespace headroom::ui {

/// Draws the legend symbol of a line, point or area into a box.
void paintLegendSymbol(QPainter& painter, LegendSymbol symbol, const QColor& color, const QRect& box);

} // namespace headroom::ui
