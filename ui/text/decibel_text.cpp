// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/text/decibel_text.h"

#include <cmath>

namespace headroom::ui {

QString decibelText(double decibels) {
    return decibelNumber(decibels)
        .replace('-', QChar(0x2212))
        .replace(QStringLiteral("inf"), QStringLiteral("∞"));
}

QString levelText(double power) {
    return decibelText(10 * std::log10(power));
}

QString decibelNumber(double decibels) {
    return QString::number(decibels, 'f', 1);
}

QString levelNumber(double power) {
    return decibelNumber(10 * std::log10(power));
}

} // namespace headroom::ui
