// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <qcustomplot.h>

namespace headroom::ui {

/// A graph that fills the area down to a lower graph, or to 0, one pixel column at a time. This is much
/// faster than the polygon that QCPGraph fills when there is a point in every column. The upper edge is
/// antialiased. Falls back to QCPGraph for patterned brushes and vector output.
class AreaGraph : public QCPGraph {
    Q_OBJECT

public:
    AreaGraph(QCPAxis* keys, QCPAxis* values) : QCPGraph(keys, values) {}

    /// @param lower a graph of the same plot with the same keys; null: fill down to 0
    void setLower(AreaGraph* lower);

protected:
    void drawFill(QCPPainter* painter, QVector<QPointF>* lines) const override;

private:
    QVector<QPointF> lowerEdge(const QVector<QPointF>& upper) const;

    AreaGraph* lower_ = nullptr;
};

} // namespace headroom::ui
