// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <QWidget>

#include <array>

namespace headroom::ui {

class Theme;

/// Peak meter of a stereo lane, -60 ... 0 dBFS. Levels decay over time; the highest peak stays as a mark,
/// which turns red above full scale. GUI thread.
class LevelMeter : public QWidget {
    Q_OBJECT

public:
    explicit LevelMeter(const Theme& theme, QWidget* parent = nullptr);

    /// @param left, right highest magnitudes since the last call
    void show(float left, float right);
    bool isLit() const; ///< a bar is visible
    /// Removes bars and mark.
    void clear();
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fall();

    const Theme& theme_;
    QTimer falling_;                              ///< runs while a bar is lit
    std::array<double, 2> levels_ = {-100, -100}; ///< dBFS
    double highest_ = -100;                       ///< dBFS
};

} // namespace headroom::ui
