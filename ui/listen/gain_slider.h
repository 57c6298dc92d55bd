// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSlider>

namespace headroom::ui {

/// A slider for a gain in steps of a tenth of a decibel. Screen readers get decibels. GUI thread.
class GainSlider : public QSlider {
    Q_OBJECT

public:
    static constexpr double lowest = -36; ///< dB
    static constexpr double highest = 12; ///< dB

    explicit GainSlider(QWidget* parent = nullptr);

    double decibels() const { return value() / 10.0; }
    void setDecibels(double decibels);
    /// "+1.5 dB"
    QString valueText() const;
};

} // namespace headroom::ui
