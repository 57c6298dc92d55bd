#pragma once

#include "core/values/forecast.h"

#include <qcustomplot.h>

#include <memory>
#include <optional>
#include <utility>

namespace headroom::ui {

struct Palette;

/// Above the timeline what the step is doing, phases over modules; through it the cross-hair, and the life of
/// a chosen tensor. Part of the plot, on a layer of its own.
class SpanStrip : public QCPLayerable {
public:
    SpanStrip(QCustomPlot* plot, const QString& layer, QCPAxisRect& rect);

    void setForecast(std::shared_ptr<const Forecast> forecast) { forecast_ = std::move(forecast); }
    void setPalette(const Palette& palette) { palette_ = &palette; }
    void setPlace(std::optional<double> event) { place_ = event; }
    void setLife(std::optional<std::pair<std::int64_t, std::int64_t>> life) { life_ = life; }
    /// Room above the chart, pixels.
    static int height();

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(false); }
    void draw(QCPPainter* painter) override;

private:
    double pixel(double event) const;
    void drawPhases(QCPPainter* painter) const;
    void drawModules(QCPPainter* painter) const;
    void drawLife(QCPPainter* painter) const;
    void drawPlace(QCPPainter* painter) const;

    QCPAxisRect& rect_;
    std::shared_ptr<const Forecast> forecast_;
    const Palette* palette_ = nullptr;
    std::optional<double> place_;
    std::optional<std::pair<std::int64_t, std::int64_t>> life_;
};

} // namespace headroom::ui
