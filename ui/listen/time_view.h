// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPixmap>
#include <QWidget>

#include <optional>

namespace headroom::ui {

class Theme;
class TimeAxis;

/// Base of widgets on the time axis of a song; draws play head and selection over their content. Click seeks,
/// drag selects, Ctrl+wheel zooms, Shift+wheel and a horizontal wheel scroll. The content is cached, so that
/// a moving play head does not redraw it. GUI thread.
class TimeView : public QWidget {
    Q_OBJECT

public:
    TimeView(TimeAxis& axis, const Theme& theme, QWidget* parent = nullptr);

Q_SIGNALS:
    /// The user clicked at a frame or selected a range that starts there.
    void seekRequested(qint64 frame);

protected:
    /// Draws everything except play head and selection.
    virtual void paintContent(QPainter& painter) = 0;
    /// Redraws the content at the next paint event.
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
