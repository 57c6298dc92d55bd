// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/time_row.h"

#include "ui/plots/area_graph.h"
#include "ui/text/mark_text.h"
#include "ui/theme/palette.h"

#include <qcustomplot.h>

namespace headroom::ui {
namespace {

/// From bottom to top.
constexpr std::array<RunHistory::StepChannel, 4> stack = {RunHistory::ForwardSeconds,
                                                          RunHistory::BackwardSeconds,
                                                          RunHistory::UpdateSeconds, RunHistory::DataSeconds};

std::array<QColor, 4> colors(const Palette& palette) {
    return {palette.forward, palette.backward, palette.update, palette.tight};
}

} // namespace

TimeRow::TimeRow(QCustomPlot& plot) : PlotRow(plot), tops_{} {
    values().ticker()->setTickCount(2); // the chart has little height
    // Each area reaches down to 0; lower ones are drawn over it.
    for (std::size_t i = shares; i-- > 0;) {
        tops_[i] = addArea(values());
        tops_[i]->setPen(Qt::NoPen);
    }
}

void TimeRow::update(const RunView& view) {
    const BucketedSeries& steps = view.history->steps();
    const auto color = colors(*view.palette);
    std::vector<CurvePoint> top;
    for (std::size_t i = 0; i < shares; ++i) {
        auto share = curve(steps, stack[i], view.scale, view.from, view.to, view.columns);
        for (std::size_t j = 0; j < share.size(); ++j) {
            if (i > 0)
                share[j].mean += top[j].mean;
        }
        top = std::move(share);
        setMeans(*tops_[i], top);
        tops_[i]->setBrush(color[i]);
    }
    double highest = 0;
    for (const CurvePoint& point : top)
        highest = std::max(highest, point.mean);
    values().setRange(0, highest > 0 ? highest * 1.1 : 1);
}

Readout TimeRow::readout(const RunView& view, double x) const {
    const BucketedSeries& steps = view.history->steps();
    const auto color = colors(*view.palette);
    const std::array<QString, 4> names = {tr("forward"), tr("backward"), tr("update"), tr("wait for data")};
    Readout readout{title(), {}, {}};
    for (std::size_t i = shares; i-- > 0;)
        readout.lines.push_back(
            {names[i], meanAt(steps, stack[i], view, x, stepTimeText), color[i], LegendSymbol::Area});
    return readout;
}

} // namespace headroom::ui
