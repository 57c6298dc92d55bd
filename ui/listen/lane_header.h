#pragma once

#include "ui/listen/lane.h"

#include <QWidget>

#include <array>

class QLabel;
class QSlider;
class QToolButton;

namespace headroom::ui {

class LevelMeter;
class Theme;

/// Name, solo, mute, gain and level of one lane. GUI thread.
class LaneHeader : public QWidget {
    Q_OBJECT

public:
    static constexpr double lowestGain = -36; ///< dB
    static constexpr double highestGain = 12; ///< dB

    /// @param number from 1 on, the key that toggles its solo
    LaneHeader(const Theme& theme, int number, QWidget* parent = nullptr);

    void show(const Lane& lane, const QString& detail);
    LevelMeter& meter() { return *meter_; }
    /// Solo, mute and gain, in the order in which Tab reaches them.
    std::array<QWidget*, 3> controls() const;
    /// The lane that M, S, + and - act on.
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
    QSlider* gain_; ///< tenths of a dB
    LevelMeter* meter_;
    bool current_ = false;
};

} // namespace headroom::ui
