#pragma once

#include "ui/models/stop_forecast.h"

#include <QSlider>

#include <optional>
#include <vector>

namespace headroom::ui {

class Theme;

/// A slider over numbered stops whose groove shows where the setting would fit the card. GUI thread.
class KnobSlider : public QSlider {
    Q_OBJECT

public:
    explicit KnobSlider(const Theme& theme, QWidget* parent = nullptr);

    /// One text a stop, for tool tips.
    void setStopTexts(QStringList texts);
    /// One a stop; nothing where no forecast is known. Empty: no zones at all.
    void setZones(StopForecasts zones);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Around all that one press of the mouse does, the jump to where it fell included.
    void dragBegan();
    void dragEnded();
    void doubleClicked();

protected:
    bool event(QEvent* event) override;
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
    void paintHandle(QPainter& painter) const;
    QString stopText(int stop) const;
    void describe();

    const Theme& theme_;
    QStringList texts_;
    StopForecasts zones_;
};

} // namespace headroom::ui
