// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/area_graph.h"

#include <algorithm>
#include <cmath>

namespace headroom::ui {
namespace {

/// Interpolates a polyline at rising x positions.
class Edge {
public:
    explicit Edge(const QVector<QPointF>& points) : points_(points) {}

    double at(double x) {
        while (next_ + 1 < points_.size() && points_[next_].x() < x)
            ++next_;
        const QPointF& before = points_[next_ - 1];
        const QPointF& after = points_[next_];
        const double width = after.x() - before.x();
        const double fraction = width > 0 ? std::clamp((x - before.x()) / width, 0.0, 1.0) : 1;
        return before.y() + fraction * (after.y() - before.y());
    }

private:
    const QVector<QPointF>& points_;
    qsizetype next_ = 1;
};

} // namespace

void AreaGraph::setLower(AreaGraph* lower) {
    lower_ = lower;
    setChannelFillGraph(lower); // used for vector output, see drawFill()
}

QVector<QPointF> AreaGraph::lowerEdge(const QVector<QPointF>& upper) const {
    QVector<QPointF> edge;
    if (lower_ != nullptr)
        lower_->getLines(&edge, QCPDataRange(0, lower_->dataCount()));
    else
        for (const QPointF& end : {upper.front(), upper.back()})
            edge << QPointF(end.x(), mValueAxis->coordToPixel(0));
    return edge;
}

void AreaGraph::drawFill(QCPPainter* painter, QVector<QPointF>* lines) const {
    const bool patterned = painter->brush().style() > Qt::SolidPattern;
    if (patterned || painter->modes().testFlag(QCPPainter::pmVectorized))
        return QCPGraph::drawFill(painter, lines);
    const QVector<QPointF>& upper = *lines;
    if (upper.size() < 2 || painter->brush().style() == Qt::NoBrush)
        return;
    const QVector<QPointF> lower = lowerEdge(upper);
    if (lower.size() < 2)
        return;
    painter->setAntialiasing(false);
    const double pixel = 1 / painter->device()->devicePixelRatioF();
    const QRectF inside = clipRect();
    const double begin = std::max(inside.left(), std::floor(upper.front().x() / pixel) * pixel);
    const double end = std::min(inside.right() + 1, upper.back().x());
    const QColor color = painter->brush().color();
    QColor edge = color; // of the partly covered pixel at the top
    Edge top(upper);
    Edge bottom(lower);
    for (double x = begin; x < end; x += pixel) {
        const double from = top.at(x + pixel / 2);
        const double to = bottom.at(x + pixel / 2);
        const double whole = std::ceil(from / pixel) * pixel;
        edge.setAlphaF(color.alphaF() * static_cast<float>((whole - from) / pixel));
        painter->fillRect(QRectF(x, whole - pixel, pixel, pixel), edge);
        painter->fillRect(QRectF(x, whole, pixel, std::max(0.0, to - whole)), color);
    }
}

} // namespace headroom::ui
