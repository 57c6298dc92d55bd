// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/score_row.h"

#include "ui/theme/palette.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace headroom::ui {
namespace {

/// BSMamba2 on the vocals of MUSDB18-HQ, arXiv 2508.14556.
constexpr double publishedCSdr = 11.03;

QString score(const std::optional<double>& value) {
    return value ? QString::number(*value, 'f', 2) : QStringLiteral("–");
}

/// The colors of one stem. A single stem has one color per metric.
struct Colors {
    QColor cSdr;
    QColor uSdr;
};
Colors colorsOf(const Palette& palette, std::size_t stem, std::size_t stems) {
    if (stems == 1)
        return {palette.series[0], palette.series[1]};
    const QColor& color = palette.series[stem % palette.series.size()];
    return {color, color};
}

const RunHistory::Validation* nearest(const RunView& view, double x) {
    const auto& validations = view.history->validations();
    const auto distance = [&](const RunHistory::Validation& validation) {
        return std::abs(view.scale.x(validation.position) - x);
    };
    const auto found = std::ranges::min_element(validations, {}, distance);
    return found == validations.end() ? nullptr : &*found;
}

} // namespace

ScoreRow::ScoreRow(QCustomPlot& plot)
    : PlotRow(plot), published_(addLine(values())), publishedLabel_(plot, rect(), values()) {}

ScoreRow::Lines& ScoreRow::linesOf(const std::string& stem) {
    Lines& lines = stems_[stem];
    if (lines.cSdr == nullptr) {
        lines.cSdr = addLine(values());
        lines.uSdr = addLine(values());
    }
    return lines;
}

void ScoreRow::update(const RunView& view) {
    Extent extent;
    for (auto& [stem, lines] : stems_) {
        lines.cSdr->data()->clear();
        lines.uSdr->data()->clear();
    }
    bool vocals = false;
    for (const RunHistory::Validation& validation : view.history->validations()) {
        const double x = view.scale.x(validation.position);
        for (const auto& [stem, scores] : validation.done.stems) {
            const Lines& lines = linesOf(stem);
            vocals = vocals || stem == "vocals";
            for (const auto& [graph, value] :
                 {std::pair(lines.cSdr, scores.cSdr), {lines.uSdr, scores.uSdr}}) {
                if (!value)
                    continue;
                graph->addData(x, *value);
                if (x >= view.from && x <= view.to)
                    extent.add(*value);
            }
        }
    }
    applyColors(view);
    setHorizontalLine(*published_, view, vocals ? std::optional(publishedCSdr) : std::nullopt);
    if (vocals) {
        extent.add(publishedCSdr);
        publishedLabel_.show(tr("paper, vocals cSDR: %1").arg(publishedCSdr), publishedCSdr,
                             LineLabel::Side::Below, *view.palette);
    } else {
        publishedLabel_.hide();
    }
    if (!extent.empty)
        fit(values(), std::min(0.0, extent.low), extent.high);
}

void ScoreRow::applyColors(const RunView& view) {
    const Palette& palette = *view.palette;
    published_->setPen(QPen(palette.faintText, 1, Qt::DotLine));
    std::size_t number = 0;
    for (auto& [stem, lines] : stems_) {
        const Colors colors = colorsOf(palette, number++, stems_.size());
        lines.cSdr->setPen(QPen(colors.cSdr, 1.5));
        lines.cSdr->setScatterStyle({QCPScatterStyle::ssDisc, colors.cSdr, colors.cSdr, 6});
        lines.uSdr->setPen(QPen(colors.uSdr, 1, Qt::DashLine));
        lines.uSdr->setScatterStyle({QCPScatterStyle::ssSquare, colors.uSdr, QColor(Qt::transparent), 6});
    }
}

Readout ScoreRow::readout(const RunView& view, double x) const {
    Readout readout{title(), tr("dB ↑"), {}};
    const RunHistory::Validation* validation = nearest(view, x);
    if (validation == nullptr) {
        readout.lines.push_back({tr("none yet"), {}, view.palette->faintText, LegendSymbol::Faint});
        return readout;
    }
    const auto& stems = validation->done.stems;
    std::size_t number = 0;
    for (const auto& [stem, scores] : stems) {
        const Colors colors = colorsOf(*view.palette, number++, stems.size());
        const QString name = QString::fromStdString(stem);
        readout.lines.push_back(
            {tr("%1 cSDR, median").arg(name), score(scores.cSdr), colors.cSdr, LegendSymbol::Dot});
        readout.lines.push_back(
            {tr("%1 uSDR, mean").arg(name), score(scores.uSdr), colors.uSdr, LegendSymbol::Square});
    }
    readout.lines.push_back(
        {tr("songs: %1, after epoch %2").arg(validation->done.songs).arg(validation->done.epoch),
         {},
         QColor(Qt::transparent),
         LegendSymbol::Faint});
    return readout;
}

} // namespace headroom::ui
