// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/view/stop_forecast.h"

#include <QSlider>

#include <optional>
#include <vector>

namespace headroom::ui {

class Theme;

/// A slider over the stops of an option. Its groove shows at which stops the configuration would fit the
/// card. GUI thread.
class OptionSlider : public QSlider {
    Q_OBJECT

public:
    explicit OptionSlider(const Theme& theme, QWidget* parent = nullptr);

    /// @param stops rising  @param texts the stops with their unit: "1.5 s"
    void setStops(std::vector<double> stops, QStringList texts);
    const std::vector<double>& stops() const { return stops_; }
    /// Moves to the nearest stop; number() and valueText() are those given, until the slider moves.
    /// @param text the number with its unit
    void showNumber(double number, const QString& text);
    double number() const;     ///< that shown or, after a move, the current stop; 0 without stops
    QString valueText() const; ///< number() with its unit
    /// @param zones one forecast per stop, absent if unknown; empty: no zones
    /// @param fresh false: the configuration has changed since; the zones are drawn in gray
    void setZones(StopForecasts zones, bool fresh = true);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Before and after all changes of one mouse press, including the jump to the clicked position.
    void dragBegan();
    void dragEnded();
    void doubleClicked();

protected:
    bool event(QEvent* event) override;
    void sliderChange(SliderChange change) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    QRectF handleRect() const;
    double positionOf(double stop) const;
    int stopAt(int x) const;
    void paintTicks(QPainter& painter) const;
    void paintZones(QPainter& painter) const;
    void paintZone(QPainter& painter, const QRectF& rect, const std::optional<StopForecast>& zone) const;
    void paintFit(QPainter& painter, const QRectF& rect, Verdict verdict) const;
    void paintHandle(QPainter& painter) const;
    QString stopText(int stop) const;
    void describe();

    /// A number that is no stop.
    struct Between {
        double number = 0;
        QString text;
    };

    const Theme& theme_;
    std::vector<double> stops_;
    QStringList texts_;
    std::optional<Between> between_;
    StopForecasts zones_;
    bool fresh_ = true;
};

} // namespace headroom::ui
