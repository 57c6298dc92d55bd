#pragma once

#include "ui/training/run_view.h"

#include <qcustomplot.h>

namespace headroom::ui {

/// Dashed lines through all charts where something happened, their words above the first one as far as there
/// is room, and a line where the run is now. Part of the plot.
class MarkStrip : public QCPLayerable {
public:
    MarkStrip(QCustomPlot* plot, const QString& layer, QCPAxisRect& top, QCPAxisRect& bottom);

    void setView(const RunView& view) { view_ = view; }
    /// The mark whose line or words are under a pixel; null where there is none.
    const RunHistory::Mark* markAt(const QPointF& pixel) const;
    /// The next one after a place on the axis, or the last before it; null where there is none.
    const RunHistory::Mark* neighbour(double x, bool after) const;
    /// Room that the words need above the first chart, pixels.
    static int height(const QFont& font);

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    struct Shown {
        const RunHistory::Mark* mark = nullptr;
        double pixel = 0;
        QRectF words; ///< empty where there is no room for them
    };
    void arrange(const QFontMetrics& metrics);
    void drawNow(QCPPainter* painter) const;

    QCPAxisRect& top_;
    QCPAxisRect& bottom_;
    RunView view_;
    std::vector<Shown> shown_; ///< from left to right
};

} // namespace headroom::ui
