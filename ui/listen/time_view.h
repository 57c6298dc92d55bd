#pragma once

#include <QPixmap>
#include <QWidget>

#include <optional>

namespace headroom::ui {

class Theme;
class TimeAxis;

/// Something drawn over the time axis of a song, with the play head and the selection over it. Click seeks,
/// drag selects, Ctrl+wheel zooms, Shift+wheel and a sideways wheel scroll. What is drawn is kept until
/// something changes, so that a moving play head costs little. GUI thread.
class TimeView : public QWidget {
    Q_OBJECT

public:
    TimeView(TimeAxis& axis, const Theme& theme, QWidget* parent = nullptr);

Q_SIGNALS:
    /// The user wants to hear from this frame on.
    void seekRequested(qint64 frame);

protected:
    /// Draws all but play head and selection.
    virtual void paintContent(QPainter& painter) = 0;
    /// Has it drawn anew.
    void invalidate();

    const TimeAxis& axis() const { return axis_; }
    const Theme& theme() const { return theme_; }

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void movePlayHead(qint64 before, qint64 now);

    TimeAxis& axis_;
    const Theme& theme_;
    QPixmap content_;
    bool stale_ = true;
    std::optional<double> pressedAt_; ///< x
    bool selecting_ = false;
};

} // namespace headroom::ui
