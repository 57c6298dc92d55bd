// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <qcustomplot.h>

#include <memory>
#include <optional>
#include <utility>

namespace headroom::ui {

struct Palette;

/// Phases and modules of the step above the timeline, the cross-hair, and the lifetime of the selected
/// tensor. Belongs to the plot.
class SpanStrip : public QCPLayerable {
public:
    SpanStrip(QCustomPlot* plot, const QString& layer, QCPAxisRect& rect);

    void setForecast(std::shared_ptr<const Forecast> forecast) { forecast_ = std::move(forecast); }
    void setPalette(const Palette& palette) { palette_ = &palette; }
    void setCrossHair(std::optional<double> event) { crossHair_ = event; }
    void setLifetime(std::optional<std::pair<std::int64_t, std::int64_t>> lifetime) { lifetime_ = lifetime; }
    /// Height above the chart, pixels.
    static int height();

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(false); }
    void draw(QCPPainter* painter) override;

private:
    double pixel(double event) const;
    void drawPhases(QCPPainter* painter) const;
    void drawModules(QCPPainter* painter) const;
    void drawLifetime(QCPPainter* painter) const;
    void drawCrossHair(QCPPainter* painter) const;

    QCPAxisRect& rect_;
    std::shared_ptr<const Forecast> forecast_;
    const Palette* palette_ = nullptr;
    std::optional<double> crossHair_;
    std::optional<std::pair<std::int64_t, std::int64_t>> lifetime_;
};

} // namespace headroom::ui
