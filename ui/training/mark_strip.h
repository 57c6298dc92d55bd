// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/training/run_view.h"

#include <qcustomplot.h>

namespace headroom::ui {

/// Marks of run events as dashed lines across all charts, labeled above the first chart where labels fit, and
/// a line at the current position of the run. Belongs to the plot.
class MarkStrip : public QCPLayerable {
public:
    MarkStrip(QCustomPlot* plot, const QString& layer, QCPAxisRect& top, QCPAxisRect& bottom);

    void setView(const RunView& view) { view_ = view; }
    /// The mark whose line or label is at a pixel; null if there is none.
    const RunHistory::Mark* markAt(const QPointF& pixel) const;
    /// The next mark after a position on the axis, or the last one before it; null if there is none.
    const RunHistory::Mark* neighbor(double x, bool after) const;
    /// Height of the labels above the first chart, pixels.
    static int height(const QFont& font);

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    struct Shown {
        const RunHistory::Mark* mark = nullptr;
        double pixel = 0;
        QRectF label; ///< empty if the label does not fit
    };
    void arrange(const QFontMetrics& metrics);
    void drawNow(QCPPainter* painter) const;

    QCPAxisRect& top_;
    QCPAxisRect& bottom_;
    RunView view_;
    std::vector<Shown> shown_; ///< from left to right
};

} // namespace headroom::ui
