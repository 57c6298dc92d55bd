// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

class QCPAxis;
class QCPAxisRect;
class QCPItemText;
class QCustomPlot;

namespace headroom::ui {

struct Palette;

/// Label at the right end of a horizontal line in a chart. GUI thread.
class LineLabel {
public:
    enum class Side { Above, Below };

    /// @param rect an axis rect of the plot  @param values the value axis of `rect` that the line belongs to
    LineLabel(QCustomPlot& plot, QCPAxisRect& rect, QCPAxis& values);

    /// Appears with the next replot. @param height value of the line
    void show(const QString& text, double height, Side side, const Palette& palette);
    void hide();

private:
    QCPItemText* item_; ///< owned by the plot
};

} // namespace headroom::ui
