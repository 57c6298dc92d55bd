// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QProgressBar>

namespace headroom::ui {

/// A progress bar for a fraction. Schedules its repaint with update(), unlike QProgressBar, which calls
/// repaint() and so forces all pending repaints of the window.
class FractionBar : public QProgressBar {
    Q_OBJECT

public:
    explicit FractionBar(QWidget* parent = nullptr);

    /// @param fraction 0 to 1
    void setFraction(double fraction);
};

} // namespace headroom::ui
