// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>

class QPainter;
class QRectF;

namespace headroom::ui {

/// Fills an area with rising lines, which distinguish it without color.
void paintHatch(QPainter& painter, const QRectF& area, const QColor& color);

} // namespace headroom::ui
