// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/memory_row.h"

#include "ui/plots/area_graph.h"
#include "ui/text/memory_text.h"
#include "ui/theme/palette.h"

#include <qcustomplot.h>

namespace headroom::ui {
namespace {

constexpr double gibibyte = 1024.0 * 1024 * 1024;

bool isCpu(const RunView& view) {
    const auto& started = view.history->started();
    return started && started->device == "cpu";
}

} // namespace

MemoryRow::MemoryRow(QCustomPlot& plot)
    : PlotRow(plot), others_(addArea(values())), allocated_(addBand(values())), peak_(addLine(values())),
      reserved_(addLine(values())), device_(addLine(values())), forecast_(addLine(values())),
      limit_(addLine(values())), limitLabel_(plot, rect(), values()), forecastLabel_(plot, rect(), values()) {
    // Steps, because a sample holds until the next one.
    for (QCPGraph* graph : {static_cast<QCPGraph*>(others_), static_cast<QCPGraph*>(allocated_.low),
                            static_cast<QCPGraph*>(allocated_.high), peak_, reserved_, device_})
        graph->setLineStyle(QCPGraph::lsStepLeft);
}

void MemoryRow::applyColors(const Palette& palette) {
    others_->setPen(Qt::NoPen);
    others_->setBrush(palette.otherPrograms);
    setBandColor(allocated_, palette.series[0]);
    peak_->setPen(QPen(palette.series[0], 1.5));
    reserved_->setPen(QPen(palette.series[2], 1.5));
    device_->setPen(QPen(palette.measured, 2));
    forecast_->setPen(QPen(palette.series[1], 1.5, Qt::DashLine));
    limit_->setPen(QPen(palette.doesNotFit, 2));
}

void MemoryRow::update(const RunView& view) {
    applyColors(*view.palette);
    const BucketedSeries& memory = view.history->memory();
    const auto points = [&](RunHistory::MemoryChannel channel) {
        return curve(memory, channel, view.scale, view.from, view.to, view.columns);
    };
    // From the lowest allocated bytes to the highest peak since the previous sample.
    auto allocated = points(RunHistory::Allocated);
    const auto peak = points(RunHistory::PeakAllocated);
    for (std::size_t i = 0; i < allocated.size() && i < peak.size(); ++i)
        allocated[i].max = peak[i].max;
    setBand(allocated_, allocated, gibibyte);
    std::vector<CurvePoint> highest = peak;
    for (CurvePoint& point : highest)
        point.mean = point.max;
    setMeans(*peak_, highest, gibibyte);

    const bool cpu = isCpu(view);
    const std::vector<CurvePoint> none;
    const auto reserved = cpu ? none : points(RunHistory::Reserved);
    const auto device = cpu ? none : points(RunHistory::DeviceUsed);
    setMeans(*reserved_, reserved, gibibyte);
    setMeans(*device_, device, gibibyte);
    setMeans(*others_, cpu ? none : points(RunHistory::Others), gibibyte);
    const auto inGibibytes = [](std::int64_t bytes) { return static_cast<double>(bytes) / gibibyte; };
    const bool limited = !cpu && view.history->deviceTotal() > 0;
    setHorizontalLine(*limit_, view,
                      limited ? std::optional(inGibibytes(view.history->deviceTotal())) : std::nullopt);
    updateLabels(view, limited);
    setHorizontalLine(*forecast_, view,
                      view.forecast ? std::optional(inGibibytes(*view.forecast)) : std::nullopt);

    Extent extent;
    extent.add(allocated, gibibyte);
    extent.add(device, gibibyte);
    if (limited)
        extent.add(inGibibytes(view.history->deviceTotal()));
    if (view.forecast)
        extent.add(inGibibytes(*view.forecast));
    values().setRange(0, extent.empty ? 1 : extent.high * 1.2); // leaves space for the highest label
}

/// Labels the higher line above and the lower one below, so that the labels never overlap.
void MemoryRow::updateLabels(const RunView& view, bool limited) {
    using Side = LineLabel::Side;
    const std::int64_t limit = limited ? view.history->deviceTotal() : 0;
    const std::int64_t forecast = view.forecast.value_or(0);
    const auto show = [&](LineLabel& label, const QString& text, std::int64_t bytes, bool above) {
        if (bytes > 0)
            label.show(text.arg(bytesText(bytes)), static_cast<double>(bytes) / gibibyte,
                       above ? Side::Above : Side::Below, *view.palette);
        else
            label.hide();
    };
    show(limitLabel_, tr("device limit: %1"), limit, limit >= forecast);
    show(forecastLabel_, tr("forecast: %1"), forecast, limit < forecast);
}

Readout MemoryRow::readout(const RunView& view, double x) const {
    const BucketedSeries& memory = view.history->memory();
    const Palette& palette = *view.palette;
    const auto at = [&](RunHistory::MemoryChannel channel) {
        return meanAt(memory, channel, view, x, [](double bytes) { return shortNumber(bytes / gibibyte); });
    };
    Readout readout{title(), tr("GiB"), {}};
    if (!isCpu(view)) {
        readout.lines.push_back(
            {tr("used on device"), at(RunHistory::DeviceUsed), palette.measured, LegendSymbol::Line});
        readout.lines.push_back(
            {tr("reserved"), at(RunHistory::Reserved), palette.series[2], LegendSymbol::Line});
    }
    if (const std::int64_t total = view.history->deviceTotal(); !isCpu(view) && total > 0)
        readout.lines.insert(readout.lines.begin(),
                             {tr("device limit"), shortNumber(static_cast<double>(total) / gibibyte),
                              palette.doesNotFit, LegendSymbol::Line});
    readout.lines.push_back(
        {tr("allocated"), at(RunHistory::Allocated), palette.series[0], LegendSymbol::Faint});
    readout.lines.push_back(
        {tr("peak allocated"), at(RunHistory::PeakAllocated), palette.series[0], LegendSymbol::Line});
    if (view.forecast)
        readout.lines.push_back({tr("forecast"), shortNumber(static_cast<double>(*view.forecast) / gibibyte),
                                 palette.series[1], LegendSymbol::Dashed});
    if (!isCpu(view))
        readout.lines.push_back(
            {tr("other programs"), at(RunHistory::Others), palette.otherPrograms, LegendSymbol::Area});
    return readout;
}

} // namespace headroom::ui
