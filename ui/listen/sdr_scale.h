// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

namespace headroom::ui {

class SdrStrip;
class Theme;

/// The decibels of an SDR strip, on its left side. GUI thread.
class SdrScale : public QWidget {
    Q_OBJECT

public:
    /// @param strip, theme outlive this
    SdrScale(const SdrStrip& strip, const Theme& theme, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const SdrStrip& strip_;
    const Theme& theme_;
};

} // namespace headroom::ui
