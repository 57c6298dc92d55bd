// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

namespace headroom::ui {

/// The colors of the spectrogram with their levels in dB. GUI thread.
class ColorScale : public QWidget {
    Q_OBJECT

public:
    explicit ColorScale(QWidget* parent = nullptr);

    /// @param floor level of the darkest color, dB
    void setFloor(double floor);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double floor_ = -84;
};

} // namespace headroom::ui
