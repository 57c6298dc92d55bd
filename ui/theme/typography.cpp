// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/typography.h"

#include <QApplication>
#include <QFontInfo>
#include <QFontMetrics>

#include <algorithm>

namespace headroom::ui {
namespace {

double ratio(TextSize size) {
    switch (size) {
    case TextSize::Verdict:
        return 1.5;
    case TextSize::Clock:
        return 1.65;
    case TextSize::Heading:
        return 1.25;
    case TextSize::Body:
        return 1.0;
    case TextSize::Small:
        return 0.92;
    case TextSize::Dense:
        return 0.83;
    }
    return 1.0;
}

} // namespace

QFont textFont(TextSize size, QFont::Weight weight) {
    constexpr int smallestPixels = 10;
    QFont font = QApplication::font();
    const double body = QFontInfo(font).pixelSize();
    font.setPixelSize(std::max(smallestPixels, qRound(body * ratio(size))));
    font.setWeight(weight);
    return font;
}

int em(double count) {
    return qRound(count * QFontInfo(QApplication::font()).pixelSize());
}

} // namespace headroom::ui
