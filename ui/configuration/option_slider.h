#pragma once

#include "core/view/stop_forecast.h"

#include <QSlider>

#include <optional>
#include <vector>

namespace headroom::ui {

class Theme;

/// A slider over numbered stops whose groove shows where the setting would fit the card. GUI thread.
class OptionSlider : public QSlider {
    Q_OBJECT

public:
    explicit OptionSlider(const Theme& theme, QWidget* parent = nullptr);

    /// What it stops at, rising, and each with its unit: "1.5 s".
    void setStops(std::vector<double> stops, QStringList texts);
    const std::vector<double>& stops() const { return stops_; }
    double number() const;     ///< at the stop; 0 without stops
    QString valueText() const; ///< the same with its unit
    /// One a stop; nothing where no forecast is known. Empty: no zones at all.
    /// @param fresh false: they are of a setting that has changed since, and are drawn grey
    void setZones(StopForecasts zones, bool fresh = true);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Around all that one press of the mouse does, the jump to where it fell included.
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

    const Theme& theme_;
    std::vector<double> stops_;
    QStringList texts_;
    StopForecasts zones_;
    bool fresh_ = true;
};

} // namespace headroom::ui
