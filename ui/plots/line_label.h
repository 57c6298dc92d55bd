#pragma once

#include <QString>

class QCPAxis;
class QCPAxisRect;
class QCPItemText;
class QCustomPlot;

namespace headroom::ui {

struct Palette;

/// Says what a level line of a chart is, at its right end. GUI thread.
class LineLabel {
public:
    enum class Side { Above, Below };

    /// @param values the axis on which the line's height is; belongs to `rect`, a part of the plot
    LineLabel(QCustomPlot& plot, QCPAxisRect& rect, QCPAxis& values);

    /// Drawn with the next replot.
    void show(const QString& text, double height, Side side, const Palette& palette);
    void hide();

private:
    QCPItemText* item_; ///< of the plot
};

} // namespace headroom::ui
