// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/level_meter.h"

#include "ui/text/decibel_text.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace headroom::ui {
namespace {

constexpr double silence = -100; // dBFS
constexpr double lowest = -60;   // dBFS, the left end
constexpr int meterTickMilliseconds = 33;
constexpr double fallPerTick = 0.8; // dB

double decibels(float magnitude) {
    return magnitude > 0 ? std::max(silence, 20 * std::log10(static_cast<double>(magnitude))) : silence;
}

} // namespace

LevelMeter::LevelMeter(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Peak level"));
    falling_.setInterval(meterTickMilliseconds);
    connect(&falling_, &QTimer::timeout, this, &LevelMeter::fall);
}

QSize LevelMeter::sizeHint() const {
    return {em(8), em(0.7)};
}

void LevelMeter::show(float left, float right) {
    const std::array<double, 2> now = {decibels(left), decibels(right)};
    for (std::size_t c = 0; c < now.size(); ++c) {
        levels_[c] = std::max(now[c], levels_[c]);
        highest_ = std::max(highest_, now[c]);
    }
    setToolTip(highest_ > silence ? tr("Highest peak %1 dBFS").arg(decibelText(highest_)) : QString());
    if (isLit() && !falling_.isActive())
        falling_.start();
    update();
}

bool LevelMeter::isLit() const {
    return std::ranges::max(levels_) > lowest;
}

void LevelMeter::fall() {
    for (double& level : levels_)
        level = std::max(silence, level - fallPerTick);
    if (!isLit())
        falling_.stop();
    update();
}

void LevelMeter::clear() {
    levels_ = {silence, silence};
    highest_ = silence;
    falling_.stop();
    setToolTip({});
    update();
}

void LevelMeter::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Palette& colors = theme_.palette();
    const double bar = (height() - 1) / 2.0;
    const auto xOf = [&](double level) { return width() * std::clamp(1 - level / lowest, 0.0, 1.0); };
    for (int c = 0; c < 2; ++c) {
        const double y = c * (bar + 1);
        painter.fillRect(QRectF(0, y, width(), bar), colors.field);
        painter.fillRect(QRectF(0, y, xOf(levels_[static_cast<std::size_t>(c)]), bar), colors.grooveFits);
    }
    if (highest_ > lowest)
        painter.fillRect(QRectF(std::min(xOf(highest_), width() - 2.0), 0, 2, height()),
                         highest_ > 0 ? colors.doesNotFit : colors.tight);
}

} // namespace headroom::ui
