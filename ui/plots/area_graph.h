#pragma once

#include <qcustomplot.h>

namespace headroom::ui {

/// A graph whose area, down to a lower graph or to 0, is filled column of pixels by column, in one colour. As
/// a polygon, which is what QCPGraph fills, an area with a point in every column takes longer to draw than
/// all else in a chart. The upper edge is smooth. Patterns are filled as QCPGraph does.
class AreaGraph : public QCPGraph {
    Q_OBJECT

public:
    AreaGraph(QCPAxis* keys, QCPAxis* values) : QCPGraph(keys, values) {}

    /// @param lower has the same keys; null for 0. Of the same plot.
    void setLower(AreaGraph* lower);

protected:
    void drawFill(QCPPainter* painter, QVector<QPointF>* lines) const override;

private:
    QVector<QPointF> lowerEdge(const QVector<QPointF>& upper) const;

    AreaGraph* lower_ = nullptr;
};

} // namespace headroom::ui
