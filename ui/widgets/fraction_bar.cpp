// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/fraction_bar.h"

#include <cmath>

namespace headroom::ui {
namespace {

constexpr int steps = 1000;

} // namespace

FractionBar::FractionBar(QWidget* parent) : QProgressBar(parent) {
    setRange(0, steps);
}

void FractionBar::setFraction(double fraction) {
    const int step = static_cast<int>(std::lround(fraction * steps));
    if (step == value())
        return;
    setUpdatesEnabled(false); // suppresses the repaint() in setValue()
    setValue(step);
    setUpdatesEnabled(true);
}

} // namespace headroom::ui
