// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/score_row.h"

#include "core/view/shown_metrics.h"
#include "ui/text/score_text.h"
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

/// The appearance of a metric, besides its color.
struct MetricLook {
    Qt::PenStyle line;
    double width;
    QCPScatterStyle::ScatterShape point;
    LegendSymbol symbol;
};
MetricLook lookOf(Metric metric) {
    switch (metric) {
    case Metric::CSdr:
        return {Qt::SolidLine, 1.5, QCPScatterStyle::ssDisc, LegendSymbol::Dot};
    case Metric::USdr:
        return {Qt::DashLine, 1, QCPScatterStyle::ssSquare, LegendSymbol::Square};
    case Metric::SiSdr:
    case Metric::LogWmse:
        return {Qt::DashDotLine, 1, QCPScatterStyle::ssDiamond, LegendSymbol::DashDotted};
    case Metric::L1Frequency:
    case Metric::Bleedless:
    case Metric::Fullness:
        break;
    }
    return {Qt::SolidLine, 1, QCPScatterStyle::ssDiamond, LegendSymbol::Diamond};
}

/// Scores without a unit have a range of their own, and the axis on the right.
bool isDecibel(Metric metric) {
    return *metricInfo(metric).unit != '\0';
}

/// One color per stem, or per metric if there is one stem.
QColor colorOf(const Palette& palette, std::size_t stem, std::size_t stems, std::size_t metric) {
    return palette.series[(stems == 1 ? metric : stem) % palette.series.size()];
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
    : PlotRow(plot), published_(addLine(values())), publishedLabel_(plot, rect(), values()) {
    rightValues().grid()->setVisible(false);
}

QCPGraph& ScoreRow::lineOf(const std::string& stem, Metric metric) {
    QCPGraph*& line = stems_[stem][metric];
    if (line == nullptr)
        line = addLine(isDecibel(metric) ? values() : rightValues());
    return *line;
}

void ScoreRow::update(const RunView& view) {
    Extent decibels;
    Extent others;
    for (auto& [stem, lines] : stems_)
        for (auto& [metric, line] : lines)
            line->data()->clear();
    bool vocals = false;
    const std::vector<Metric> shown = shownMetrics(view.history->validations());
    for (const RunHistory::Validation& validation : view.history->validations()) {
        const double x = view.scale.x(validation.position);
        for (const auto& [stem, scores] : validation.done.stems) {
            vocals = vocals || stem == "vocals";
            for (const Metric metric : shown) {
                QCPGraph& line = lineOf(stem, metric);
                const std::optional<double>& value = scores.*metricInfo(metric).score;
                if (!value)
                    continue;
                line.addData(x, *value);
                if (x >= view.from && x <= view.to)
                    (isDecibel(metric) ? decibels : others).add(*value);
            }
        }
    }
    applyColors(view, shown);
    setHorizontalLine(*published_, view, vocals ? std::optional(publishedCSdr) : std::nullopt);
    if (vocals) {
        decibels.add(publishedCSdr);
        publishedLabel_.show(tr("paper, vocals cSDR: %1").arg(publishedCSdr), publishedCSdr,
                             LineLabel::Side::Below, *view.palette);
    } else {
        publishedLabel_.hide();
    }
    if (!decibels.empty)
        fit(values(), std::min(0.0, decibels.low), decibels.high);
    rightValues().setVisible(!others.empty);
    rightValues().setTickLabels(!others.empty);
    if (!others.empty)
        fit(rightValues(), others.low, others.high);
}

void ScoreRow::applyColors(const RunView& view, const std::vector<Metric>& shown) {
    const Palette& palette = *view.palette;
    published_->setPen(QPen(palette.faintText, 1, Qt::DotLine));
    std::size_t stemNumber = 0;
    for (auto& [stem, lines] : stems_) {
        for (auto& [metric, line] : lines) {
            const auto number = static_cast<std::size_t>(std::ranges::find(shown, metric) - shown.begin());
            const QColor color = colorOf(palette, stemNumber, stems_.size(), number);
            const MetricLook look = lookOf(metric);
            const QColor inside = metric == Metric::USdr ? QColor(Qt::transparent) : color;
            line->setPen(QPen(color, look.width, look.line));
            line->setScatterStyle({look.point, color, inside, 6});
        }
        ++stemNumber;
    }
}

Readout ScoreRow::readout(const RunView& view, double x) const {
    const std::vector<Metric> shown = shownMetrics(view.history->validations());
    const bool allDecibels = std::ranges::all_of(shown, isDecibel);
    Readout readout{title(), allDecibels ? tr("dB ↑") : QStringLiteral("↑"), {}};
    const RunHistory::Validation* validation = nearest(view, x);
    if (validation == nullptr) {
        readout.lines.push_back({tr("none yet"), {}, view.palette->faintText, LegendSymbol::Faint});
        return readout;
    }
    const auto& stems = validation->done.stems;
    std::size_t stemNumber = 0;
    for (const auto& [stem, scores] : stems) {
        for (std::size_t number = 0; number < shown.size(); ++number) {
            const Metric metric = shown[number];
            const QString name = QString::fromStdString(stem) + QLatin1Char(' ') + metricText(metric);
            readout.lines.push_back(
                {metric == Metric::CSdr ? tr("%1, median").arg(name) : tr("%1, mean").arg(name),
                 score(scores.*metricInfo(metric).score),
                 colorOf(*view.palette, stemNumber, stems.size(), number), lookOf(metric).symbol});
        }
        ++stemNumber;
    }
    readout.lines.push_back(
        {tr("songs: %1, after epoch %2").arg(validation->done.songs).arg(validation->done.epoch),
         {},
         QColor(Qt::transparent),
         LegendSymbol::Faint});
    return readout;
}

} // namespace headroom::ui
