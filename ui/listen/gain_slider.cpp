// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/gain_slider.h"

#include "ui/text/decibel_text.h"

#include <cmath>

namespace headroom::ui {

GainSlider::GainSlider(QWidget* parent) : QSlider(Qt::Horizontal, parent) {
    setRange(static_cast<int>(lowest * 10), static_cast<int>(highest * 10));
    setSingleStep(10);
    setPageStep(30);
}

void GainSlider::setDecibels(double decibels) {
    setValue(static_cast<int>(std::lround(decibels * 10)));
}

QString GainSlider::valueText() const {
    return tr("%1 dB").arg((value() > 0 ? QStringLiteral("+") : QString()) + decibelText(decibels()));
}

} // namespace headroom::ui
