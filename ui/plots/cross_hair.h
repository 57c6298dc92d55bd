// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <qcustomplot.h>

#include <optional>

namespace headroom::ui {

/// Vertical lines through all axis rects: the cursor position and the selected epoch. Lives on a separate
/// layer, so that moving it replots nothing else.
class CrossHair : public QCPLayerable {
public:
    CrossHair(QCustomPlot* plot, const QString& layer, QCPAxisRect& top, QCPAxisRect& bottom)
        : QCPLayerable(plot, layer), top_(top), bottom_(bottom) {}

    void setColors(const QColor& hair, const QColor& selection) {
        hair_ = hair;
        selection_ = selection;
    }
    void setPosition(std::optional<double> x) { x_ = x; }
    void setSelected(std::optional<double> x) { selected_ = x; }

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(false); }
    void draw(QCPPainter* painter) override {
        drawAt(painter, selected_, QPen(selection_, 2));
        drawAt(painter, x_, QPen(hair_, 1));
    }

private:
    void drawAt(QCPPainter* painter, std::optional<double> x, const QPen& pen) const {
        const QCPAxis& time = *top_.axis(QCPAxis::atBottom);
        if (!x || !time.range().contains(*x))
            return;
        painter->setPen(pen);
        const double pixel = time.coordToPixel(*x);
        painter->drawLine(QLineF(pixel, top_.top(), pixel, bottom_.bottom()));
    }

    QCPAxisRect& top_;
    QCPAxisRect& bottom_;
    QColor hair_;
    QColor selection_;
    std::optional<double> x_;
    std::optional<double> selected_;
};

} // namespace headroom::ui
