// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/listen/lane.h"

#include <QWidget>

#include <array>

class QLabel;
class QToolButton;

namespace headroom::ui {

class GainSlider;
class LevelMeter;
class Theme;

/// Name, solo, mute, gain and level meter of a lane. GUI thread.
class LaneHeader : public QWidget {
    Q_OBJECT

public:
    /// @param number from 1; the digit key that toggles its solo
    LaneHeader(const Theme& theme, int number, QWidget* parent = nullptr);

    void show(const Lane& lane, const QString& detail);
    LevelMeter& meter() { return *meter_; }
    /// Solo, mute and gain, in tab order.
    std::array<QWidget*, 3> controls() const;
    /// Marks the lane that the keys M, S, + and - act on.
    void setCurrent(bool current);

Q_SIGNALS:
    void soloToggled(bool on);
    void muteToggled(bool on);
    void gainChanged(double decibels);
    void chosen();

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    QLabel* title_;
    QLabel* detail_;
    QLabel* gainText_;
    QToolButton* solo_;
    QToolButton* mute_;
    GainSlider* gain_;
    LevelMeter* meter_;
    bool current_ = false;
};

} // namespace headroom::ui
